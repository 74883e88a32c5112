"""Questions and answers as FHIR R4 resources, and conditions as FHIRPath."""
