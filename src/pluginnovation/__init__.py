"""PlugInnovation: an open platform against school drop-out."""
