"""3 What we do: case states, deadlines, who must act next. Nothing stands here yet."""
