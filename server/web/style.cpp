// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"
#include "server/web/pages.h"

namespace artdag::server {

const std::string& styleSheet()
{
    static const std::string css = R"css(
:root{color-scheme:light dark;--paper:#fcfcfa;--raised:#fff;--ink:#1a1a1a;--soft:#5c5c58;--faint:#e3e2dd;--line:#d2d1cb;--link:#1d4f9e;--good:#1f7a4d;--invert:#fcfcfa;
--picture:#56b4e9;--signal:#e69f00;--sound:#009e73;--rest:#b8b8b2}
@media (prefers-color-scheme:dark){:root{--paper:#141413;--raised:#1d1d1b;--ink:#ececE8;--soft:#a3a29c;--faint:#2b2b28;--line:#3d3d39;--link:#8fb8f0;--good:#3fae78;--invert:#141413;--rest:#6b6b66}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 Inter,"Inter Variable",system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible,video:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--raised);padding:8px 12px;z-index:1}
header.bar{display:flex;align-items:center;gap:28px;height:56px;padding:0 40px;border-bottom:1px solid var(--faint)}
header.bar a{color:var(--soft)}
header.bar a.home{color:var(--ink);font-weight:650;letter-spacing:-.01em}
header.bar a:hover{color:var(--ink);text-decoration:none}
main{max-width:1160px;margin:0 auto;padding:36px 40px 72px}
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
.tags a{display:block;font-size:13px;line-height:23px;padding:0 10px;border:1px solid var(--line);color:var(--ink)}
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
.button{display:inline-block;padding:7px 16px;line-height:26px;font-weight:600;font-size:15px;border:1px solid var(--ink);color:var(--ink);background:none}
.button:hover{text-decoration:none;background:var(--faint)}
.button.main{background:var(--ink);color:var(--invert)}
.button.main:hover{background:var(--soft);border-color:var(--soft)}
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
@media (max-width:600px){header.bar,main,footer{padding-left:18px;padding-right:18px}header.bar{gap:18px}h1{font-size:25px}.hero h1{font-size:28px}}
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
