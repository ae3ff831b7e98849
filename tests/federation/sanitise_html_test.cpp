// SPDX-License-Identifier: GPL-3.0-or-later
// HTML of strangers: what is kept, what is made of the rest, and every trick that we know.
#include "core/base/random.h"
#include "core/federation/html_tokens.h"
#include "core/federation/sanitise_html.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <ctime>
#include <set>
#include <string>
#include <vector>

using namespace artdag;

namespace {

const std::string relation = R"( rel="nofollow noopener noreferrer ugc")";

/// Why a text is not what the sanitiser promises, by a reader of its own that knows only the allowed forms; empty when it is.
std::string faultOf(const std::string& html)
{
    static const std::set<std::string> names{"p", "br", "a", "span", "del", "pre", "code", "em", "strong", "b", "i", "u", "ul", "ol", "li", "blockquote"};
    std::vector<std::string> open;
    for (std::size_t at = 0; at < html.size();) {
        const char c = html[at];
        if (c == '>' || c == '"' || c == '\'' || c == '\0')
            return "unescaped " + std::string(1, c);
        if (c == '&') {
            const std::string reference = html.substr(at, html.find(';', at) - at + 1);
            if (!std::set<std::string>{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}.contains(reference))
                return "reference " + reference;
        }
        if (c != '<') {
            ++at;
            continue;
        }
        const bool isEnd = html[at + 1] == '/';
        const std::size_t start = at + (isEnd ? 2 : 1);
        const std::size_t end = html.find('>', at);
        if (end == std::string::npos)
            return "a tag without end";
        const std::string tag = html.substr(start, end - start);
        const std::string name = tag.substr(0, tag.find(' '));
        if (!names.contains(name))
            return "element " + name;
        if (isEnd) {
            if (open.empty() || open.back() != tag)
                return "wrong end of " + tag;
            open.pop_back();
        } else if (name != "br") {
            open.push_back(name);
        }
        std::string rest = tag.substr(name.size());
        if (rest.starts_with(" href=\"http")) {
            const auto quote = rest.find('"', 7);
            const std::string href = rest.substr(7, quote - 7);
            if (name != "a" || !(href.starts_with("http://") || href.starts_with("https://")) || href.find_first_of("<> \t\n\\`") != std::string::npos)
                return "href " + href;
            rest = rest.substr(quote + 1);
            if (!rest.starts_with(relation))
                return "no rel";
            rest = rest.substr(relation.size());
        }
        if (rest.starts_with(" class=\""))
            rest = rest.substr(rest.find('"', 8) + 1);
        if (!rest.empty())
            return "attributes " + rest;
        at = end + 1;
    }
    return open.empty() ? "" : "not closed: " + open.back();
}

} // namespace

class SanitiseHtmlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void harmlessHtmlStays_data();
    void harmlessHtmlStays();
    void attacksBecomeHarmless_data();
    void attacksBecomeHarmless();
    void randomHtmlIsHarmlessAndSanitisedOnce();
    void hugeInputIsQuick();
    void textIsWhatAReaderSees_data();
    void textIsWhatAReaderSees();
};

void SanitiseHtmlTest::harmlessHtmlStays_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("result"); // empty: unchanged
    const QString rel = QString::fromStdString(relation);
    QTest::newRow("paragraphs") << "<p>one</p><p>two<br>three</p>"
                                << "";
    QTest::newRow("emphasis") << "<p><em>a</em> <strong>b</strong> <b>c</b> <i>d</i> <u>e</u> <del>f</del> <code>g</code></p><pre>h\n i</pre>"
                              << "";
    QTest::newRow("lists") << "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><blockquote><p>q</p></blockquote>"
                           << "";
    QTest::newRow("a link") << "<a href=\"https://a.example/x?y=1&amp;z=2#f\">x</a>"
                            << "<a href=\"https://a.example/x?y=1&amp;z=2#f\"" + rel + ">x</a>";
    QTest::newRow("a mention") << "<a href=\"https://a.example/@b\" class=\"u-url mention evil\">@<span>b</span></a>"
                               << "<a href=\"https://a.example/@b\"" + rel + " class=\"u-url mention\">@<span>b</span></a>";
    QTest::newRow("a scheme in capitals") << "<a href=\"HTTPS://a.example/\">x</a>"
                                          << "<a href=\"https://a.example/\"" + rel + ">x</a>";
    QTest::newRow("characters") << "a &amp; b &lt; c &quot; &nbsp;&hellip; &copy &bogus;" << QStringLiteral("a &amp; b &lt; c &quot; \u00a0\u2026 &amp;copy &amp;bogus;");
    QTest::newRow("a heading") << "<h1 id=x>a</h1>b"
                               << "<p><strong>a</strong></p>b";
    QTest::newRow("divisions") << "<div>a</div><div><a>b</a></div>c"
                               << "a<br><a>b</a><br>c";
    QTest::newRow("not closed") << "<p>a<p>b<ul><li>c<li>d"
                                << "<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>";
    QTest::newRow("wrongly nested") << "<b><i>a</b>b</i>"
                                    << "<b><i>a</i></b>b";
    QTest::newRow("an inline element around blocks") << "<em><p>a</p></em>"
                                                     << "<em></em><p>a</p>";
    QTest::newRow("less-than") << "1 < 2 <3 a<b"
                               << "1 &lt; 2 &lt;3 a";
    QTest::newRow("a link in a link") << "<a>x<a>y</a></a>"
                                      << "<a>x</a><a>y</a>";
    QTest::newRow("an item without a list") << "<li>a"
                                            << "<ul><li>a</li></ul>";
    QTest::newRow("a list in a list") << "<ul><ul><li>a</ul></ul>"
                                      << "<ul><li><ul><li>a</li></ul></li></ul>";
}

void SanitiseHtmlTest::harmlessHtmlStays()
{
    QFETCH(QString, html);
    QFETCH(QString, result);
    QCOMPARE(QString::fromStdString(sanitiseHtml(html.toStdString())), result.isEmpty() ? html : result);
}

void SanitiseHtmlTest::attacksBecomeHarmless_data()
{
    QTest::addColumn<QByteArray>("html");
    for (const char* html : {
             "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<script>alert(1)", "<script/x>alert(1)</script >", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>alert(1)//<</script>",
             "<img src=x onerror=alert(1)>", "<img src='x'onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">", "<image src=x onerror=alert(1)>", "<img src=x:x onerror\n=alert(1)>",
             "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "<svg/onload=alert(1)//",
             "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
             "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<math href=\"javascript:alert(1)\">x</math>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
             "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java&#x0A;script:alert(1)\">x</a>",
             "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>", "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61lert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>",
             "<a href=\" javascript:alert(1)\">x</a>", "<a href=\"\x01javascript:alert(1)\">x</a>", "<a href=\"&Tab;javascript:alert(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>",
             "<a href=\"//evil.example\">x</a>", "<a href=\"/inbox\">x</a>", "<a href=\"https:evil.example\">x</a>", "<a href=\"https:///evil\">x</a>", "<a href=\"https://good.example@evil.example/\">x</a>", "<a href=\"https://good.example\\@evil.example\">x</a>",
             "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"blob:https://a.example/x\">x</a>", "<a href=\"https://a.example/\" onclick=alert(1)>x</a>", "<a href=\"https://a.example/\"onmouseover=\"alert(1)\">x</a>",
             "<a href='https://a.example/\" onclick=\"alert(1)'>x</a>", "<a href=`https://a.example/` onclick=alert(1)>x</a>", "<a href=https://a.example/ style=position:fixed;top:0 target=_top>x</a>", "<a href=\"https://a.example/\" href=\"javascript:alert(1)\">x</a>",
             "<a href=\"javascript:alert(1)\" href=\"https://a.example/\">x</a>", "<a rel=opener target=_blank href=https://a.example/>x</a>", "<p style=\"background:url(javascript:alert(1))\">x</p>", "<p class=\"a\" id=\"b\" onload=alert(1)>x</p>",
             "<span class=\"mention&quot; onclick=&quot;alert(1)\">x</span>", "<style>@import 'javascript:alert(1)';</style>", "<style><!--</style><script>alert(1)//--></script>", "<link rel=stylesheet href=//evil.example/x.css>",
             "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<base href=\"javascript:alert(1)//\">", "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\">", "<object data=javascript:alert(1)></object>",
             "<embed src=javascript:alert(1)>", "<applet code=x></applet>", "<form action=javascript:alert(1)><input type=submit></form>", "<button formaction=javascript:alert(1)>x</button>", "<input onfocus=alert(1) autofocus>",
             "<textarea autofocus onfocus=alert(1)></textarea><img src=x onerror=alert(1)>", "<select autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>",
             "<marquee onstart=alert(1)>x</marquee>", "<body onload=alert(1)>", "<frameset onload=alert(1)>", "<table background=javascript:alert(1)><td>x</table>", "<template><script>alert(1)</script></template>",
             "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<title><p title=\"</title><img src=x onerror=alert(1)>\">", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<noembed><p title=\"</noembed><script>alert(1)</script>\">",
             "<plaintext><script>alert(1)</script>", "<!--><script>alert(1)</script>-->", "<!---><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)> -->", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<!-- never closed <script>alert(1)</script>",
             "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=\"1.0\"?><script>alert(1)</script>", "<?php echo 1 ?>", "<!DOCTYPE html [<!ENTITY x \"<script>alert(1)</script>\">]>&x;", "</script><script>alert(1)</script>", "</p/onclick=alert(1)>",
             "</ a><script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "&LT;script>", "<p title='<script>alert(1)</script>'>x", "<p title=\"a>b\" onclick=alert(1)>x",
             "<p \"><script>alert(1)</script>\">x</p>", "<p =\"><script>alert(1)</script>", "<p a=b c='d", "<p a=\"never closed <script>alert(1)</script>", "<", "</", "<a", "<a href", "<a href=", "<a href=\"", "<!", "<!-", "<!--", "<!--->", "&", "&#", "&#x", "&#x110000;", "&#xD800;", "&#0;",
             "\xFF<script>alert(1)</script>", "<scr\xC0\xBCipt>", "\xE0<img src=x onerror=alert(1)>", "<a href=\"https://a.example/\xFF\">x</a>", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<ｓcript>alert(1)</ｓcript>", "<p>\xE2\x80\xAE evil</p>"})
        QTest::newRow(html) << QByteArray(html);
    using namespace std::string_literals;
    QTest::newRow("NUL in a tag") << QByteArray("<scr\0ipt>alert(1)</scr\0ipt>", 28);
    QTest::newRow("NUL in a scheme") << QByteArray("<a href=\"java\0script:alert(1)\">x</a>", 36);
}

void SanitiseHtmlTest::attacksBecomeHarmless()
{
    QFETCH(QByteArray, html);
    const std::string result = sanitiseHtml(html.toStdString());
    QVERIFY2(faultOf(result).empty(), (faultOf(result) + " in " + result).c_str());
    QCOMPARE(sanitiseHtml(result), result);
    QVERIFY2(result.find("<script") == std::string::npos && result.find("<img") == std::string::npos, result.c_str());
    for (const HtmlToken& token : htmlTokens(result))
        for (const auto& [name, value] : token.attributes)
            QVERIFY2(!name.starts_with("on") && value.find("javascript:") == std::string::npos, result.c_str());
}

void SanitiseHtmlTest::randomHtmlIsHarmlessAndSanitisedOnce()
{
    constexpr std::array<const char*, 60> pieces{"<p>", "</p>", "<a href=\"https://a.example/\">", "<a href=javascript:x>", "</a>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<b>", "</b>", "<i>", "</i>", "<em>", "<span class=\"mention x\">", "</span>", "<br>",
        "</br>", "<br/>", "<h1>", "</h1>", "<h3>", "<div>", "</div>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<code>", "<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<!--", "-->", "<", ">", "\"", "'", "=", "&", "&lt;",
        "&#39;", "&#x3c;", "a", " ", "\n", "/", "<img src=x>", "<table>", "<tr>", "\xFF", "\xC3\xA9", "<?", "<!", "]]>", "text"};
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        std::string html;
        for (std::uint64_t piece = 0; piece < randomBits(seed, 0) % 60; ++piece)
            html += pieces[randomBits(seed, 1, piece) % pieces.size()];
        const std::string result = sanitiseHtml(html);
        QVERIFY2(faultOf(result).empty(), (faultOf(result) + "\n" + html + "\n" + result).c_str());
        const std::string again = sanitiseHtml(result);
        QVERIFY2(again == result, (html + "\n" + result + "\n" + again).c_str());
    }
}

void SanitiseHtmlTest::hugeInputIsQuick()
{
    const std::clock_t start = std::clock(); // of this process: other programs do not count
    for (const char* piece : {"<ul><ul>", "<b>", "<", "&", "&#", "<a href=\"", "<!--", "<p a=b ", "</p>", "<script>", "<li>", "<h1>", "<svg></"}) {
        std::string html;
        while (html.size() < 200'000)
            html += piece;
        const std::string result = sanitiseHtml(html);
        QVERIFY2(faultOf(result).empty(), piece);
        QCOMPARE(sanitiseHtml(result), result);
    }
    QVERIFY(std::clock() - start < 10 * CLOCKS_PER_SEC);
}

void SanitiseHtmlTest::textIsWhatAReaderSees_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("text");
    QTest::newRow("paragraphs") << "<p>one</p><p>two<br>three</p>"
                                << "one\ntwo\nthree";
    QTest::newRow("characters") << "a &amp;amp; &lt;b&gt;"
                                << "a &amp; <b>";
    QTest::newRow("a script") << "a<script>alert(1)</script>b"
                              << "ab";
    QTest::newRow("a mention") << "<a href=\"https://a.example/@b\">@<span>b</span></a> hello"
                               << "@b hello";
    QTest::newRow("a list") << "<ul><li>a</li><li>b</li></ul>c"
                            << "a\nb\nc";
    QTest::newRow("a comment") << "a<!-- x -->b"
                               << "ab";
}

void SanitiseHtmlTest::textIsWhatAReaderSees()
{
    QFETCH(QString, html);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(textOfHtml(html.toStdString())), text);
}

QTEST_APPLESS_MAIN(SanitiseHtmlTest)
#include "sanitise_html_test.moc"
