using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Tests.Matching;

public sealed class IdentityKeysOfARecord
{
    [Fact]
    public void Are_strongest_first_and_every_value_of_a_list_counts()
    {
        FieldSet person = FieldSet.Of(
            ("full_name", FieldValue.Of("Jane Doe")),
            ("external_id", FieldValue.Of("crm:7")),
            ("email", FieldValue.List([FieldValue.Of("Jane@example.com"), FieldValue.Of("jane@example.org"), FieldValue.Of("jane@EXAMPLE.org")])),
            ("linkedin", FieldValue.Of("https://www.linkedin.com/in/Jane-Doe/")),
            ("linkedin_member_id", FieldValue.Of("123456789")));
        Assert.Equal(
            ["person:linkedin_member_id:123456789", "person:linkedin:jane-doe", "person:email:jane@example.com", "person:email:jane@example.org", "person:external_id:crm:7"],
            IdentityKeys.Of(RecordKind.Person, person).Select(k => k.Key.ToString()));
    }

    [Fact]
    public void Leave_out_what_does_not_normalise()
    {
        FieldSet person = FieldSet.Of(("external_id", FieldValue.Of("7")), ("email", FieldValue.Of("none")), ("linkedin", FieldValue.Of("https://www.linkedin.com/company/acme")));
        Assert.Empty(IdentityKeys.Of(RecordKind.Person, person));
    }

    [Fact]
    public void A_company_name_is_a_weak_one()
    {
        FieldSet company = FieldSet.Of(("name", FieldValue.Of("Acme, Inc.")), ("domain", FieldValue.Of("www.acme.example.com")), ("external_id", FieldValue.Of("cik:0042")));
        Assert.Equal(
            [("external_id", "cik:42", false), ("domain", "acme.example.com", false), ("name", "acme", true)],
            IdentityKeys.Of(RecordKind.Company, company).Select(k => (k.Key.Type, k.Key.Value, k.IsWeak)));
    }

    [Fact]
    public void An_alias_of_a_message_meets_its_uid()
    {
        FieldSet old = FieldSet.Of(("message_uid", FieldValue.Of("a")), ("message_uid_alias", FieldValue.List([FieldValue.Of("b")])));
        Assert.Equal([new IdentityKey(RecordKind.Message, "message_uid", "a"), new(RecordKind.Message, "message_uid", "b")], IdentityKeys.Of(RecordKind.Message, old).Select(k => k.Key));
    }

    [Fact]
    public void A_kind_the_schema_does_not_know_has_none() => Assert.Empty(IdentityKeys.Of(new RecordKind("activity"), FieldSet.Of(("name", FieldValue.Of("x")))));

    [Fact]
    public void Every_normaliser_of_the_schema_is_settled()
    {
        RecordKind[] kinds = [RecordKind.Person, RecordKind.Company, RecordKind.Conversation, RecordKind.Message, RecordKind.Note, RecordKind.List, RecordKind.ListEntry];
        foreach (FieldDefinition field in kinds.SelectMany(CanonicalSchema.Fields).DistinctBy(f => f.Normalise.Method)) Records.AnyText.IsSettledBy(text => field.Normalise(text ?? ""));
    }
}
