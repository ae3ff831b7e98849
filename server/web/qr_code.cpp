// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/qr_code.h"

#include "core/federation/actor_document.h" // escapeHtml

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace artdag::server {

namespace {

constexpr int quietZone = 4; // ISO/IEC 18004 §6.3.8

} // namespace

std::string qrCodeSvg(const std::string& text, const std::string& label)
{
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code)
        return {};
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if ((code->data[y * code->width + x] & 1) != 0)
                path += fmt::format("M{} {}h1v1h-1z", x + quietZone, y + quietZone);
    const int size = code->width + 2 * quietZone;
    return fmt::format("<svg class=\"qr\" viewBox=\"0 0 {0} {0}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"{1}\"><path d=\"{2}\"/></svg>", size, escapeHtml(label), path);
}

} // namespace artdag::server
