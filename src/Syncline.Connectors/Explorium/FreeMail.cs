using System.Collections.Frozen;

namespace Syncline.Connectors.Explorium;

/// <summary>Domains that people have addresses at and no company of theirs stands behind: asked about, they would make the mail provider everybody's employer.</summary>
internal static class FreeMail
{
    private static readonly FrozenSet<string> Domains = new[]
    {
        "gmail.com", "googlemail.com", "yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.ca", "yahoo.co.in", "yahoo.com.br", "yahoo.co.jp",
        "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "hotmail.it", "hotmail.es", "outlook.com", "outlook.de", "outlook.fr", "live.com", "live.co.uk", "live.fr", "live.nl", "msn.com", "passport.com",
        "icloud.com", "me.com", "mac.com", "aol.com", "aim.com", "verizon.net", "comcast.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "juno.com", "optonline.net",
        "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.io", "hushmail.com", "fastmail.com", "fastmail.fm", "hey.com", "zoho.com", "zohomail.com", "mail.com", "email.com", "usa.com", "inbox.com",
        "gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "arcor.de", "bluewin.ch", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net",
        "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "terra.com.br", "uol.com.br", "bol.com.br", "ig.com.br", "telefonica.net", "btinternet.com", "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net",
        "ziggo.nl", "kpnmail.nl", "planet.nl", "telenet.be", "skynet.be", "seznam.cz", "centrum.cz", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "abv.bg", "ukr.net", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.ru", "yandex.com", "rambler.ru",
        "qq.com", "163.com", "126.com", "sina.com", "sohu.com", "foxmail.com", "naver.com", "daum.net", "hanmail.net", "rediffmail.com", "bigpond.com", "optusnet.com.au", "shaw.ca", "rogers.com", "telus.net", "sympatico.ca", "duck.com",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="domain">In the form of <see cref="Records.DomainName.Normalise"/>.</param>
    public static bool IsFree(string domain) => Domains.Contains(domain);
}
