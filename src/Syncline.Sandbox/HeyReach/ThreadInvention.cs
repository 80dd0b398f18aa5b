using System.Text;

namespace Syncline.Sandbox.HeyReach;

/// <summary>Invents conversations and messages.</summary>
internal sealed class ThreadInvention(Phrasebook words, Random random)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(3);

    /// <summary>A thread whose newest message lies in the world's span before now.</summary>
    public Conversation Invent(Lead lead, HeyReachSender sender, int? campaignId, HeyReachWorld world, DateTimeOffset now)
    {
        HeyReachMessage[] messages = Messages(world, now);
        return new(ThreadId(), lead, sender, messages)
        {
            CampaignId = campaignId,
            GroupChat = random.Hits(world.GroupChats),
            Read = !random.Hits(world.Unread),
            Since = DateTimeOffset.MinValue,
        };
    }

    /// <summary><c>2-</c> and the base64 of <c>uuid_123</c>: 58 characters, the last two <c>==</c>.</summary>
    public string ThreadId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return "2-" + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{new Guid(bytes):D}_{random.Next(100, 999)}"));
    }

    public string Body(HeyReachSide side) => random.Pick(side == HeyReachSide.Me ? words.Outbound : words.Inbound);

    // Built from the newest back, because its time is what is spread; at least a second apart, so that no two times are equal by accident.
    private HeyReachMessage[] Messages(HeyReachWorld world, DateTimeOffset now)
    {
        HeyReachMessage[] messages = new HeyReachMessage[random.Next(world.MessagesPerPerson, world.MessagesAtMost + 1)];
        bool isInMail = random.Hits(world.InMails);
        DateTimeOffset at = Millis.Floor(now - TimeSpan.FromSeconds(1) - (world.Span * random.NextDouble()));
        for (int index = messages.Length - 1; index >= 0; index--)
        {
            messages[index] = Message(index, at, isInMail, world);
            at = Millis.Floor(at - TimeSpan.FromSeconds(1) - (LongestPause * Math.Pow(random.NextDouble(), 3)));
        }
        return messages;
    }

    private HeyReachMessage Message(int index, DateTimeOffset at, bool isInMail, HeyReachWorld world)
    {
        HeyReachSide side = Side(index, world);
        bool voice = side == HeyReachSide.Correspondent && random.Hits(world.Voice);
        return new(at, side, voice ? "" : Body(side))
        {
            IsInMail = isInMail,
            Subject = isInMail && index == 0 ? "A question about your team" : null,
            PostLink = random.Hits(world.PostLinks) ? $"https://www.linkedin.com/feed/update/urn:li:activity:{at.ToUnixTimeMilliseconds()}/" : null,
        };
    }

    private HeyReachSide Side(int index, HeyReachWorld world)
    {
        bool reply = index > 0 && (world.Replies is { } share ? random.Hits(share) : index % 2 == 1);
        return reply ? HeyReachSide.Correspondent : HeyReachSide.Me;
    }
}

/// <summary>The inbox keeps whole milliseconds.</summary>
internal static class Millis
{
    public static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
