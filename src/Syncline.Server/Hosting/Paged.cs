namespace Syncline.Server.Hosting;

/// <summary>One page of a list.</summary>
/// <param name="Next">Goes into <c>after</c> for the next page; null on the last.</param>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);
