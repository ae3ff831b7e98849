// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a record of the store, with a sum that fits, or as the list of an export: reading never crashes, and what is
// read can be written and read again.
#include "core/store/archive.h"
#include "core/store/records.h"

#include <cstdlib>
#include <string>
#include <string_view>

using namespace artdag;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    (void)readRecord(text);
    const std::string line(text.substr(0, text.find('\n')));
    if (const auto record = readRecord(line + "\n" + hexOf(sha3(bytesOf(line))) + "\n")) {
        const auto written = textOfRecord(*record);
        require(written.has_value());
        const auto again = readRecord(*written);
        require(again && nameOfRecord(*again) == nameOfRecord(*record) && *textOfRecord(*again) == *written);
    }
    if (const auto objects = readArchiveList(text)) {
        const auto again = readArchiveList(textOfArchiveList(*objects));
        require(again && *again == *objects);
    }
    return 0;
}
