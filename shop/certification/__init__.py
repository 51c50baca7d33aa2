"""The star as a decision of an authority: recognition lists, certificates, their verification."""
