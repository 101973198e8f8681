"""Anonymous surveys: opened by a school, answered by a link without an account, read when closed and many enough."""
