using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Searching;

internal enum Operator { EQ, NEQ, LT, LTE, GT, GTE, BETWEEN, IN, NOT_IN, HAS_PROPERTY, NOT_HAS_PROPERTY, CONTAINS_TOKEN, NOT_CONTAINS_TOKEN }

/// <summary>One filter. Exactly one of property and associated type is set.</summary>
/// <param name="Values">None for HAS_PROPERTY, two for BETWEEN, any number for IN, one for the rest.</param>
internal sealed record Condition(Property? Property, ObjectType? Associated, Operator Operator, IReadOnlyList<string> Values);

/// <summary>A search as it was asked for, found valid.</summary>
/// <param name="Groups">A record matches when all conditions of one group hold; no group matches every record.</param>
/// <param name="SortBy">Null for the order of creation.</param>
internal sealed record SearchQuery(IReadOnlyList<IReadOnlyList<Condition>> Groups, string? Text, Property? SortBy, bool IsDescending, int Offset, int Limit);
