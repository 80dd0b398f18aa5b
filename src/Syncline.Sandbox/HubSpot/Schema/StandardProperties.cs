namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>The properties that a new portal has, one line each: name, type, field type, options.</summary>
/// <remarks>A selection: what people and integrations fill. HubSpot has some 200 a type.</remarks>
internal static class StandardProperties
{
    private const string Person = """
        email string text
        firstname string text
        lastname string text
        phone string phonenumber
        mobilephone string phonenumber
        fax string text
        salutation string text
        company string text
        jobtitle string text
        job_function string text
        seniority string text
        website string text
        address string text
        city string text
        state string text
        zip string text
        country string text
        industry string text
        message string textarea
        hs_linkedin_url string text
        linkedinbio string text
        linkedinconnections number number
        twitterhandle string text
        numemployees string text
        annualrevenue string text
        date_of_birth string text
        hs_language string text
        hs_persona string text
        hs_timezone string text
        start_date string text
        closedate datetime date
        hs_email_optout bool booleancheckbox true,false
        lifecyclestage enumeration radio subscriber,lead,marketingqualifiedlead,salesqualifiedlead,opportunity,customer,evangelist,other
        hs_lead_status enumeration radio NEW,OPEN,IN_PROGRESS,OPEN_DEAL,UNQUALIFIED,ATTEMPTED_TO_CONTACT,CONNECTED,BAD_TIMING
        hs_buying_role enumeration checkbox BLOCKER,BUDGET_HOLDER,CHAMPION,DECISION_MAKER,END_USER,EXECUTIVE_SPONSOR,INFLUENCER,LEGAL_AND_COMPLIANCE,OTHER
        hubspot_owner_id enumeration select @owner
        """;

    private const string Company = """
        name string text
        domain string text
        hs_additional_domains string text
        website string text
        phone string text
        address string text
        address2 string text
        city string text
        state string text
        zip string text
        country string text
        description string textarea
        about_us string textarea
        numberofemployees number number
        annualrevenue number number
        founded_year string text
        timezone string text
        is_public bool booleancheckbox true,false
        total_money_raised string text
        web_technologies string text
        linkedin_company_page string text
        linkedinbio string text
        facebook_company_page string text
        twitterhandle string text
        hs_linkedin_handle string text
        type enumeration radio PROSPECT,PARTNER,RESELLER,VENDOR,OTHER
        industry enumeration select @industries
        lifecyclestage enumeration radio subscriber,lead,marketingqualifiedlead,salesqualifiedlead,opportunity,customer,evangelist,other
        hs_lead_status enumeration radio NEW,OPEN,IN_PROGRESS,OPEN_DEAL,UNQUALIFIED,ATTEMPTED_TO_CONTACT,CONNECTED,BAD_TIMING
        hubspot_owner_id enumeration select @owner
        """;

    private const string Deal = """
        dealname string text
        amount number number
        closedate datetime date
        pipeline enumeration select @pipelines
        dealstage enumeration radio @stages
        dealtype enumeration radio newbusiness,existingbusiness
        description string textarea
        hs_priority enumeration select low,medium,high
        hs_next_step string textarea
        deal_currency_code enumeration select USD,EUR,GBP
        closed_lost_reason string textarea
        closed_won_reason string textarea
        hubspot_owner_id enumeration select @owner
        """;

    private const string Ticket = """
        subject string text
        content string textarea
        hs_pipeline enumeration select @pipelines
        hs_pipeline_stage enumeration select @stages
        hs_ticket_priority enumeration select LOW,MEDIUM,HIGH,URGENT
        hs_ticket_category enumeration checkbox PRODUCT_ISSUE,BILLING_ISSUE,FEATURE_REQUEST,GENERAL_INQUIRY
        hubspot_owner_id enumeration select @owner
        """;

    private const string Engagement = """
        hs_timestamp datetime date
        hs_attachment_ids string text
        hubspot_owner_id enumeration select @owner
        """;

    private const string Note = """
        hs_note_body string html
        """;

    private const string PhoneCall = """
        hs_call_title string text
        hs_call_body string html
        hs_call_direction enumeration select INBOUND,OUTBOUND
        hs_call_duration number number
        hs_call_status enumeration select BUSY,CALLING_CRM_USER,CANCELED,COMPLETED,CONNECTING,FAILED,IN_PROGRESS,NO_ANSWER,QUEUED,RINGING
        hs_call_disposition string text
        hs_call_from_number string text
        hs_call_to_number string text
        hs_call_recording_url string text
        """;

    private const string Mail = """
        hs_email_direction enumeration select EMAIL,INCOMING_EMAIL,FORWARDED_EMAIL
        hs_email_status enumeration select BOUNCED,FAILED,SCHEDULED,SENDING,SENT
        hs_email_subject string text
        hs_email_text string textarea
        hs_email_html string html
        hs_email_headers string textarea
        """;

    private const string Meeting = """
        hs_meeting_title string text
        hs_meeting_body string html
        hs_internal_meeting_notes string html
        hs_meeting_location string text
        hs_meeting_external_url string text
        hs_meeting_start_time datetime date
        hs_meeting_end_time datetime date
        hs_meeting_outcome enumeration select SCHEDULED,COMPLETED,RESCHEDULED,NO_SHOW,CANCELED
        """;

    private const string Task = """
        hs_task_subject string text
        hs_task_body string html
        hs_task_status enumeration select NOT_STARTED,IN_PROGRESS,WAITING,COMPLETED,DEFERRED
        hs_task_priority enumeration select LOW,MEDIUM,HIGH
        hs_task_type enumeration select TODO,CALL,EMAIL
        """;

    private const string Communication = """
        hs_communication_channel_type enumeration select WHATS_APP,LINKEDIN_MESSAGE,SMS
        hs_communication_logged_from enumeration select CRM
        hs_communication_body string html
        """;

    private const string Goods = """
        name string text
        description string textarea
        price number number
        hs_sku string text
        """;

    /// <summary>The lines of a type; the properties that every type has are not among them.</summary>
    public static IEnumerable<string> Lines(ObjectType type) => Text(type).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Text(ObjectType type) => type.Name switch
    {
        "contacts" => Person,
        "companies" => Company,
        "deals" => Deal,
        "tickets" => Ticket,
        "notes" => Engagement + "\n" + Note,
        "calls" => Engagement + "\n" + PhoneCall,
        "emails" => Engagement + "\n" + Mail,
        "meetings" => Engagement + "\n" + Meeting,
        "tasks" => Engagement + "\n" + Task,
        "communications" => Engagement + "\n" + Communication,
        "products" => Goods,
        "line_items" => Goods + "\nquantity number number\namount number number\nhs_product_id string text",
        "leads" => "hs_lead_name string text\nhs_lead_type string text\nhs_lead_label string text\nhubspot_owner_id enumeration select @owner",
        "orders" => "hs_order_name string text\nhs_total_price number number",
        _ => "hubspot_owner_id enumeration select @owner",
    };
}
