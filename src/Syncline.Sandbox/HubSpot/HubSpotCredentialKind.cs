namespace Syncline.Sandbox.HubSpot;

/// <summary>What a bearer token is of: it decides the limits and whether it expires.</summary>
public enum HubSpotCredentialKind { PrivateApp, ServiceKey, OAuth }
