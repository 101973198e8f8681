"""7 How it goes: completion, return, fairness; tables safe to publish. Nothing stands here yet."""
