"""What the node has of the hub: the catalogue of methods, read here and matched here. Nothing of a person leaves."""
