namespace Syncline.Sandbox.Attio.Types;

/// <summary>All attribute types, one object each.</summary>
internal static class AttributeTypes
{
    public static AttributeType Text { get; } = new TextType();
    public static AttributeType Number { get; } = new NumberType();
    public static AttributeType Currency { get; } = new CurrencyType();
    public static AttributeType Date { get; } = new DateType();
    public static AttributeType Timestamp { get; } = new TimestampType();
    public static AttributeType Status { get; } = new StatusType();
    public static AttributeType Select { get; } = new SelectType();
    public static AttributeType RecordReference { get; } = new RecordReferenceType();
    public static AttributeType ActorReference { get; } = new ActorReferenceType();
    public static AttributeType Location { get; } = new LocationType();
    public static AttributeType Domain { get; } = new DomainType();
    public static AttributeType Email { get; } = new EmailAddressType();
    public static AttributeType Phone { get; } = new PhoneNumberType();
    public static AttributeType Name { get; } = new PersonalNameType();
    public static AttributeType Interaction { get; } = new InteractionType();

    private static readonly Dictionary<string, AttributeType> ByName = new AttributeType[]
    {
        Text, Number, Currency, Date, Timestamp, Status, Select, RecordReference, ActorReference, Location, Domain, Email, Phone, Name, Interaction,
        new CheckboxType(), new RatingType(),
    }.ToDictionary(t => t.Name, StringComparer.Ordinal);

    public static AttributeType? Find(string name) => ByName.GetValueOrDefault(name);
}
