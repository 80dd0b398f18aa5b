namespace Syncline.Server.Hosting;

/// <summary>One page of a list.</summary>
/// <param name="Next">Given as <c>after</c>, it brings the next page; null on the last one.</param>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);
