namespace Syncline.Server.Webhooks;

/// <summary>The words of webhooks; the key is the English text.</summary>
internal sealed class WebhooksWords;
