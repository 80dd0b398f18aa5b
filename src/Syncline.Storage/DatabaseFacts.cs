namespace Syncline.Storage;

/// <summary>What a database says about itself.</summary>
/// <param name="SchemaVersion">The number of its last migration; this program opens it for writing by bringing it up to its own.</param>
/// <param name="HubName">Fixed when the hub was made: a backup has its original's.</param>
public sealed record DatabaseFacts(long SchemaVersion, string HubName);
