"""Drafts and versions of what trainers edit: changed, compared, published, taken back."""
