namespace Syncline.Server.Hosting;

/// <summary>A part of a list.</summary>
/// <param name="Next">To be given as <c>after</c> for the part behind it; null at the end.</param>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);
