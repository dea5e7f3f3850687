"""Images and documents. Every upload, by whatever door, passes one pipeline before it is stored."""
