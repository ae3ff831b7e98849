// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/render_orders.h"

#include "core/base/files.h"
#include "core/base/json.h"

namespace artdag {

Result<std::vector<RenderOrder>> readRenderOrders(const std::filesystem::path& file)
{
    std::vector<RenderOrder> orders;
    const Result<std::string> text = readTextFile(file);
    if (!text && text.error().fault == Fault::NotFound)
        return orders;
    const Result<Json> json = readJson(TRY(Result<std::string>(text)));
    if (!json || !json->is_array())
        return fail(Fault::Corrupt, "queue: its file is damaged; move " + file.filename().string() + " away to go on without what waited");
    for (const Json& each : *json) {
        const auto words = [&](const char* name) {
            const auto found = each.find(name);
            return found != each.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const auto yes = [&](const char* name) {
            const auto found = each.find(name);
            return found != each.end() && found->is_boolean() && found->get<bool>();
        };
        if (each.is_object())
            orders.push_back({words("id"), words("recipe"), words("title"), words("output"), words("encode"), words("folder"), words("parent"), yes("sign"), yes("paused"), words("renderer")});
    }
    return orders;
}

Result<void> writeRenderOrders(const std::filesystem::path& file, const std::vector<RenderOrder>& orders)
{
    Json list = Json::array();
    for (const RenderOrder& order : orders)
        list.push_back({{"id", order.id}, {"recipe", order.recipe}, {"title", order.title}, {"output", order.output}, {"encode", order.encode}, {"folder", order.folder.string()}, {"parent", order.parent}, {"sign", order.sign}, {"paused", order.paused}, {"renderer", order.renderer}});
    const std::string text = list.dump(2) + "\n";
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    return writeFileAtomically(file, bytesOf(text));
}

} // namespace artdag
