"""The HTTP that all views share: access, rendering, forms, error pages, paging, assets."""
