// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"
#include "server/web/pages.h"

namespace artdag::server {

const std::string& styleSheet()
{
    static const std::string css = R"css(
:root{color-scheme:light dark;--paper:#fcfcfa;--raised:#fff;--ink:#1a1a1a;--soft:#5c5c58;--faint:#e3e2dd;--line:#d2d1cb;--link:#1d4f9e;--good:#1f7a4d;--bad:#b3261e;--edge:#8c8b85;--invert:#fcfcfa;
--picture:#56b4e9;--signal:#e69f00;--sound:#009e73;--rest:#b8b8b2}
@media (prefers-color-scheme:dark){:root{--paper:#141413;--raised:#1d1d1b;--ink:#ececE8;--soft:#a3a29c;--faint:#2b2b28;--line:#3d3d39;--link:#8fb8f0;--good:#3fae78;--bad:#f2958c;--edge:#77766f;--invert:#141413;--rest:#6b6b66}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 Inter,"Inter Variable",system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible,video:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,select:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--raised);padding:8px 12px;z-index:1}
header.bar{display:flex;align-items:center;gap:4px 28px;min-height:56px;padding:8px 40px;border-bottom:1px solid var(--faint)}
header.bar nav{flex:1;display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 28px;min-width:0}
header.bar ul{display:flex;flex-wrap:wrap;align-items:center;gap:4px 24px;list-style:none;margin:0;padding:0;min-width:0}
header.bar li{min-width:0;overflow-wrap:anywhere}
header.bar a,header.bar .link{color:var(--soft)}
header.bar a.home{color:var(--ink);font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
header.bar a:hover,header.bar .link:hover{color:var(--ink);text-decoration:none}
header.bar [aria-current]{color:var(--ink)}
main{max-width:1160px;margin:0 auto;padding:36px 40px 72px;overflow-wrap:break-word}
main.work{display:grid;grid-template-columns:minmax(0,680px) minmax(0,352px);gap:0 48px;justify-content:center}
.wide{grid-column:1/-1}
h1{font-size:28px;line-height:1.2;font-weight:700;letter-spacing:-.015em;margin:22px 0 6px;overflow-wrap:anywhere}
h2{font-size:13px;font-weight:600;color:var(--soft);margin:40px 0 12px}
p{margin:0 0 12px}
.by{color:var(--soft);margin:0 0 14px;overflow-wrap:anywhere}
.warned>summary{padding:18px 0;cursor:pointer;font-weight:600}.warned>summary span{color:var(--link);font-weight:400}.warned[open]>summary span{display:none}
.lead{overflow-wrap:anywhere}
.film{display:block;width:100%;height:auto;max-height:80vh;background:#000;object-fit:contain}
.none{display:grid;place-items:center;aspect-ratio:16/9;background:var(--faint);color:var(--soft);padding:24px;text-align:center}
.tags{display:flex;flex-wrap:wrap;gap:7px;padding:0;margin:16px 0 0;list-style:none}
.tags li{min-width:0}
.tags a{display:block;overflow-wrap:anywhere;font-size:13px;line-height:23px;padding:0 10px;border:1px solid var(--line);color:var(--ink)}
.tags a:hover{border-color:var(--ink);text-decoration:none}
.scroll{overflow-x:auto;padding-bottom:4px}
.graph{display:block;margin:20px 0 0;font-family:inherit}
.graph.fit{max-width:100%;height:auto}
.box{fill:var(--raised);stroke:var(--line);stroke-width:1.5}
.box.result{stroke:var(--ink)}
.name{font-size:13px;fill:var(--ink)}
.name.result{font-weight:650}
.words{font-size:11px;fill:var(--soft)}
.wire{fill:none;stroke-width:2;stroke:var(--rest)}
.wire.picture{stroke:var(--picture)}.wire.sound{stroke:var(--sound)}.wire.signal{stroke:var(--signal)}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:12px;margin:14px 0 0;padding:0;list-style:none}
.legend svg{vertical-align:3px;margin-right:6px}
.actions{display:flex;flex-wrap:wrap;gap:10px;margin:36px 0 0}
.actions+.small{margin:16px 0 0}
.button{display:inline-block;padding:7px 16px;line-height:26px;font-weight:600;font-size:15px;border:1px solid var(--ink);color:var(--ink);background:none}
.button:hover{text-decoration:none;background:var(--faint)}
.button.main{background:var(--ink);color:var(--invert)}
.button.main:hover{background:var(--soft);border-color:var(--soft)}
main.narrow{max-width:500px}
.narrow h1,.prose h1{margin-bottom:14px}
form.form{margin:22px 0}
form .actions{margin:26px 0 0}
.hint+.inline{margin-top:14px}
strong.path{font-size:1.15em;letter-spacing:.04em;white-space:nowrap}
form.quiet{display:inline;margin:0}
.field{margin:0 0 18px}
.field label{display:block;font-weight:600;font-size:14px;margin:0 0 5px}
.field .soft{font-weight:400;color:var(--soft)}
.field input:not([type=checkbox]),.field textarea,.field select{display:block;width:100%;font:inherit;color:var(--ink);background:var(--raised);border:1px solid var(--edge);padding:8px 11px;border-radius:0}
.field textarea{resize:vertical;min-height:90px}
.field.check{display:grid;grid-template-columns:auto 1fr;gap:0 10px;align-items:start}
.field.check label{font-weight:400;font-size:15px;margin:0}
.field.check input{width:17px;height:17px;margin:4px 0 0;accent-color:var(--link)}
.field.check .hint{grid-column:2}
.hint{font-size:13px;color:var(--soft);margin:5px 0 0}
.hint.wrong{color:var(--bad)}
.field [aria-invalid]:not([type=checkbox]){border-color:var(--bad)}
button.button{font-family:inherit;cursor:pointer}
.button.small{padding:2px 12px;font-size:13px;line-height:24px;max-width:260px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.button.danger{border-color:var(--bad);color:var(--bad)}
.link{font:inherit;border:0;background:none;padding:0;cursor:pointer;color:var(--link)}
.link:hover{text-decoration:underline}
.box-words{border-left:3px solid var(--good);background:var(--raised);padding:9px 14px;margin:18px 0;overflow-wrap:anywhere}
.box-words.wrong{border-color:var(--bad)}
blockquote{margin:0 0 16px;padding:2px 0 2px 16px;border-left:3px solid var(--line);white-space:pre-line;overflow-wrap:anywhere}
.sections{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;padding:0 0 10px;margin:0 0 8px;border-bottom:1px solid var(--faint);font-size:14px}
.sections a{color:var(--soft)}
.sections [aria-current]{color:var(--ink);font-weight:600}
.rows{list-style:none;margin:14px 0 0;padding:0}
.rows>li{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:6px 20px;padding:12px 0;border-top:1px solid var(--faint)}
.rows>li:first-child{border-top:0}
.rows .what{flex:1 1 260px;min-width:0;overflow-wrap:anywhere}
.rows .what p{margin:0;font-size:13px;color:var(--soft)}
.rows .do{min-width:0;display:flex;flex-wrap:wrap;gap:8px;align-items:center}
pre.command{white-space:pre-wrap;margin:0 0 12px}
.codes{columns:2;list-style:none;padding:14px 18px;margin:0;background:var(--raised);border:1px solid var(--line);max-width:420px}
.codes code{font-size:14px;line-height:1.9}
.qr{display:block;width:196px;height:196px;background:#fff;margin:14px 0}
.qr path{fill:#000}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:18px 24px;margin:18px 0 0;padding:0}
.figures dt{font-size:13px;color:var(--soft)}
.figures dd{margin:0;font-size:24px;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:8px 14px 8px 0;border-top:1px solid var(--faint);overflow-wrap:anywhere}
th{font-weight:600;color:var(--soft);font-size:13px;border-top:0}
.prose{max-width:42em}
.prose h2{font-size:17px;color:var(--ink);margin:32px 0 8px}
.prose li{margin:0 0 6px}
.inline{display:flex;flex-wrap:wrap;gap:8px;align-items:end}
.inline .field{margin:0;flex:1 1 130px}
.inline .actions{margin:0}
details{margin:8px 0 0}
summary{cursor:pointer;color:var(--link);font-size:14px}
.sparks{display:block;width:100%;height:56px;margin:8px 0 0}
.sparks+p{margin-top:6px}
.sparks rect{fill:var(--picture)}
.path{font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
.proofs{list-style:none;margin:0;padding:0}
.proofs li{display:grid;grid-template-columns:18px 1fr;gap:0 10px;padding:11px 0 12px;border-top:1px solid var(--faint)}
.proofs li:first-child{border-top:0;padding-top:0}
.proofs svg{margin-top:3px}
.proofs strong{font-size:15px;font-weight:650}
.proofs p{grid-column:2;font-size:13px;color:var(--soft);margin:1px 0 0;overflow-wrap:anywhere}
.mark{fill:var(--good)}.mark.off{fill:var(--rest)}
.tick{fill:none;stroke:var(--paper);stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
code{font:12px/1.5 ui-monospace,"JetBrains Mono","DejaVu Sans Mono",Menlo,Consolas,monospace}
.command{display:block;background:var(--faint);color:var(--ink);padding:7px 10px;margin-top:7px;overflow-wrap:anywhere;user-select:all}
aside section:first-child h2{margin-top:0}
aside .small,.small{font-size:13px;color:var(--soft)}
.split{display:block;width:100%;height:14px;margin:0 0 10px}
.input{fill:var(--picture)}.effect{fill:var(--signal)}.recipe{fill:var(--sound)}.infrastructure{fill:var(--rest)}
.plain{list-style:none;margin:0;padding:0}
.facts{display:grid;grid-template-columns:auto minmax(0,1fr);gap:6px 20px;margin:0 0 14px}
.facts dt{color:var(--soft)}
.facts dd{margin:0;overflow-wrap:anywhere}
.hashes{display:grid;grid-template-columns:auto minmax(0,1fr);gap:5px 14px;margin:0;font-size:12px;color:var(--soft)}
.hashes dd{margin:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.hashes dd:hover,.hashes dd:focus{white-space:normal;overflow-wrap:anywhere}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:32px 24px;margin:28px 0 0;padding:0;list-style:none}
.card a.thumb{display:block;aspect-ratio:16/9;background:var(--faint);overflow:hidden}
.card a.thumb img,.card a.thumb video{display:block;width:100%;height:100%;object-fit:cover}
.card .blank{display:grid;place-items:center;height:100%;color:var(--soft);font-size:13px}
.card h3{font-size:15px;font-weight:650;line-height:1.35;margin:10px 0 0;overflow-wrap:anywhere}
.card h3 a{color:var(--ink)}
.card p{font-size:13px;color:var(--soft);margin:1px 0 0}
.tabs{display:flex;gap:18px;margin:0 0 18px;font-size:15px}
.tabs a{color:var(--soft)}.tabs a[aria-current]{color:var(--ink);font-weight:650}
main table{border-collapse:collapse;width:100%;font-size:15px}
main th{text-align:left;color:var(--soft);font-weight:500}
main th,main td{padding:7px 14px 7px 0;border-bottom:1px solid var(--line);vertical-align:baseline}
progress{width:100%;height:10px}
main textarea{display:block;width:100%;font:13px/1.5 ui-monospace,monospace;margin:6px 0 12px;padding:10px;box-sizing:border-box;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink)}
.problem{white-space:pre-wrap;overflow-wrap:anywhere}
.links{display:flex;gap:18px}
.hero{margin:12px 0 8px;max-width:40em}
.hero h1{font-size:34px;margin:0 0 10px}
.hero p{color:var(--soft);font-size:17px}
.person{display:flex;gap:18px;align-items:center;margin:4px 0 0}
.person img{width:72px;height:72px;flex:none}
.person h1{margin:0}
.people{list-style:none;padding:0;margin:24px 0 0;display:grid;gap:16px}
.people li{display:flex;gap:14px;align-items:center}
.people li div{min-width:0;overflow-wrap:anywhere}
.people img{width:44px;height:44px}
.replies{list-style:none;margin:0;padding:0}
.replies li{border-top:1px solid var(--faint);padding:12px 0;overflow-wrap:anywhere}
.replies .by{font-size:13px;margin:0 0 4px}
.anchors{list-style:none;margin:20px 0 0;padding:0;max-width:760px}
.anchors li{display:grid;grid-template-columns:104px minmax(0,1fr);gap:4px 22px;padding:18px 0;border-top:1px solid var(--faint)}
.anchors h3{font-size:15px;font-weight:650;line-height:1.35;margin:0}
.anchors p{margin:2px 0 0;overflow-wrap:anywhere}
.stations{margin-top:3px}
.anchors~.command{max-width:760px}
.rail{fill:none;stroke:var(--line);stroke-width:2}.rail.on{stroke:var(--good)}
.station{fill:var(--paper);stroke:var(--line);stroke-width:2}.station.on{fill:var(--good);stroke:var(--good)}
@media (max-width:600px){.anchors li{grid-template-columns:1fr}}
.problem{max-width:34em;padding:9vh 0}
.problem .status{font-size:13px;font-weight:600;color:var(--soft)}
footer{border-top:1px solid var(--faint);color:var(--soft);font-size:13px;padding:18px 40px 26px;display:flex;flex-wrap:wrap;gap:6px 24px}
footer a{color:var(--soft)}
@media (max-width:980px){main.work{grid-template-columns:minmax(0,680px)}aside{margin-top:44px}}
@media (max-width:760px){.graph.fit{max-width:none}}
@media (max-width:600px){header.bar,main,footer{padding-left:18px;padding-right:18px}header.bar{flex-direction:column;align-items:stretch}header.bar ul{gap:4px 16px}h1{font-size:25px}.hero h1{font-size:28px}}
@media print{header.bar,footer,.actions{display:none}}
)css";
    return css;
}

const std::string& styleUrl()
{
    static const std::string url = "/style/" + ContentId{sha3(bytesOf(styleSheet()))}.hex().substr(0, 16) + ".css";
    return url;
}

} // namespace artdag::server
