// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/cbor.h"

#include <bit>
#include <cmath>

namespace artdag {

namespace {

constexpr int mostLevels = 32;
constexpr std::size_t mostParts = 100'000;

enum Major : std::uint8_t {
    unsignedMajor = 0,
    negativeMajor = 1,
    bytesMajor = 2,
    textMajor = 3,
    arrayMajor = 4,
    mapMajor = 5,
    tagMajor = 6,
    simpleMajor = 7,
};

void addHead(Bytes& to, Major major, std::uint64_t value)
{
    const int count = value < 24 ? 0 : value < 0x100 ? 1
        : value < 0x10000                            ? 2
        : value < 0x100000000                        ? 4
                                                     : 8;
    const unsigned code = count == 0 ? static_cast<unsigned>(value) : 24 + static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(count)));
    to.push_back(static_cast<std::uint8_t>(major << 5 | code));
    for (int at = count - 1; at >= 0; --at)
        to.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
}

void add(Bytes& to, const Cbor& value)
{
    const auto addText = [&](Major major) {
        addHead(to, major, value.text.size());
        to.insert(to.end(), value.text.begin(), value.text.end());
    };
    switch (value.kind) {
    case Cbor::Kind::Unsigned: return addHead(to, unsignedMajor, value.number);
    case Cbor::Kind::Negative: return addHead(to, negativeMajor, value.number);
    case Cbor::Kind::Bytes: return addText(bytesMajor);
    case Cbor::Kind::Text: return addText(textMajor);
    case Cbor::Kind::Array: addHead(to, arrayMajor, value.items.size()); break;
    case Cbor::Kind::Map: addHead(to, mapMajor, value.items.size() / 2); break;
    case Cbor::Kind::Tag: addHead(to, tagMajor, value.number); break;
    case Cbor::Kind::Boolean: return addHead(to, simpleMajor, 20 + value.number);
    case Cbor::Kind::Null: return addHead(to, simpleMajor, 22);
    case Cbor::Kind::Real: {
        to.push_back(simpleMajor << 5 | 27);
        const auto bits = std::bit_cast<std::uint64_t>(value.real);
        for (int at = 7; at >= 0; --at)
            to.push_back(static_cast<std::uint8_t>(bits >> (8 * at)));
        return;
    }
    }
    for (const Cbor& item : value.items)
        add(to, item);
}

/// IEEE 754 binary16 (RFC 8949, Appendix D).
double halfOf(std::uint64_t bits)
{
    const auto exponent = static_cast<int>(bits >> 10 & 0x1F);
    const auto fraction = static_cast<double>(bits & 0x3FF);
    const double size = exponent == 0 ? std::ldexp(fraction, -24) : exponent < 31 ? std::ldexp(fraction + 1024, exponent - 25)
                                                                                  : (fraction == 0 ? INFINITY : NAN);
    return (bits & 0x8000) != 0 ? -size : size;
}

class Reader {
public:
    explicit Reader(ByteView bytes)
        : m_left(bytes) {}

    Result<Cbor> value(int level)
    {
        if (level > mostLevels || ++m_parts > mostParts)
            return fail(Fault::BadInput, "CBOR: it has too many parts or levels");
        const Head head = TRY(readHead());
        switch (head.major) {
        case unsignedMajor:
        case negativeMajor:
            if (head.isOpen)
                break;
            return Cbor{head.major == unsignedMajor ? Cbor::Kind::Unsigned : Cbor::Kind::Negative, head.value, 0, {}, {}};
        case bytesMajor:
        case textMajor: return text(head, head.major == textMajor ? Cbor::Kind::Text : Cbor::Kind::Bytes);
        case arrayMajor: return list(head, Cbor::Kind::Array, 1, level);
        case mapMajor: return list(head, Cbor::Kind::Map, 2, level);
        case tagMajor: {
            if (head.isOpen)
                break;
            Cbor tag{Cbor::Kind::Tag, head.value, 0, {}, {}};
            tag.items.push_back(TRY(value(level + 1)));
            return tag;
        }
        default: return simple(head);
        }
        return fail(Fault::BadInput, "CBOR: a length is missing");
    }

    [[nodiscard]] bool atEnd() const { return m_left.empty(); }

private:
    struct Head {
        std::uint8_t major = 0, code = 0;
        std::uint64_t value = 0;
        bool isOpen = false; ///< its length is told by a break
    };

    Result<ByteView> take(std::uint64_t count)
    {
        if (count > m_left.size())
            return fail(Fault::BadInput, "CBOR: it ends before what it announces");
        const ByteView bytes = m_left.first(count);
        m_left = m_left.subspan(count);
        return bytes;
    }

    Result<Head> readHead()
    {
        const std::uint8_t first = TRY(take(1))[0];
        Head head{static_cast<std::uint8_t>(first >> 5), static_cast<std::uint8_t>(first & 31), static_cast<std::uint64_t>(first & 31), false};
        if (head.code >= 28 && head.code < 31)
            return fail(Fault::BadInput, "CBOR: a length is none");
        head.isOpen = head.code == 31;
        if (head.code >= 24 && !head.isOpen) {
            head.value = 0;
            for (const std::uint8_t byte : TRY(take(1U << (head.code - 24))))
                head.value = head.value << 8 | byte;
        }
        return head;
    }

    /// The break that ends an open list or text; it is taken.
    bool takeBreak()
    {
        if (m_left.empty() || m_left[0] != 0xFF)
            return false;
        m_left = m_left.subspan(1);
        return true;
    }

    Result<Cbor> text(const Head& head, Cbor::Kind kind)
    {
        Cbor result{kind, 0, 0, {}, {}};
        const auto append = [&](std::uint64_t count) -> Result<void> {
            const ByteView bytes = TRY(take(count));
            result.text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            return {};
        };
        if (!head.isOpen) {
            TRY(append(head.value));
        } else {
            while (!takeBreak()) {
                const Head part = TRY(readHead());
                if (part.major != head.major || part.isOpen)
                    return fail(Fault::BadInput, "CBOR: a text has a part of another kind");
                TRY(append(part.value));
            }
        }
        return result;
    }

    Result<Cbor> list(const Head& head, Cbor::Kind kind, std::uint64_t each, int level)
    {
        Cbor result{kind, 0, 0, {}, {}};
        if (!head.isOpen && head.value > m_left.size()) // an item has a byte or more
            return fail(Fault::BadInput, "CBOR: it ends before what it announces");
        for (std::uint64_t at = 0; head.isOpen ? !takeBreak() : at < head.value * each; ++at)
            result.items.push_back(TRY(value(level + 1)));
        if (result.items.size() % each != 0)
            return fail(Fault::BadInput, "CBOR: a member of a map has no value");
        return result;
    }

    static Result<Cbor> simple(const Head& head)
    {
        switch (head.code) {
        case 20:
        case 21: return Cbor::ofBoolean(head.code == 21);
        case 25: return Cbor{Cbor::Kind::Real, 0, halfOf(head.value), {}, {}};
        case 26: return Cbor{Cbor::Kind::Real, 0, static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(head.value))), {}, {}};
        case 27: return Cbor{Cbor::Kind::Real, 0, std::bit_cast<double>(head.value), {}, {}};
        case 31: return fail(Fault::BadInput, "CBOR: a break ends nothing");
        default: return Cbor{};
        }
    }

    ByteView m_left;
    std::size_t m_parts = 0;
};

const Cbor* memberOf(const Cbor& map, const auto& isKey)
{
    for (std::size_t at = 0; map.kind == Cbor::Kind::Map && at + 1 < map.items.size(); at += 2)
        if (isKey(map.items[at]))
            return &map.items[at + 1];
    return nullptr;
}

} // namespace

Cbor Cbor::ofNumber(std::int64_t value)
{
    return value < 0 ? Cbor{Kind::Negative, static_cast<std::uint64_t>(-1 - value), 0, {}, {}} : Cbor{Kind::Unsigned, static_cast<std::uint64_t>(value), 0, {}, {}};
}

Cbor Cbor::ofMap(std::vector<std::pair<std::string_view, Cbor>> members)
{
    Cbor map{Kind::Map, 0, 0, {}, {}};
    for (auto& [name, value] : members) {
        map.items.push_back(ofText(name));
        map.items.push_back(std::move(value));
    }
    return map;
}

Cbor Cbor::ofTag(std::uint64_t tag, Cbor value)
{
    Cbor result{Kind::Tag, tag, 0, {}, {}};
    result.items.push_back(std::move(value));
    return result;
}

const Cbor* Cbor::find(std::string_view name) const
{
    return memberOf(*this, [&](const Cbor& key) { return key.kind == Kind::Text && key.text == name; });
}

const Cbor* Cbor::find(std::int64_t name) const
{
    const Cbor wanted = ofNumber(name);
    return memberOf(*this, [&](const Cbor& key) { return key.kind == wanted.kind && key.number == wanted.number; });
}

std::string Cbor::textOf(std::string_view name) const
{
    const Cbor* value = find(name);
    if (value != nullptr && value->kind == Kind::Tag)
        value = &value->items.front();
    return value != nullptr && value->isText() ? value->text : "";
}

Bytes writeCbor(const Cbor& value)
{
    Bytes bytes;
    add(bytes, value);
    return bytes;
}

Result<Cbor> readCbor(ByteView bytes)
{
    Reader reader(bytes);
    Cbor value = TRY(reader.value(0));
    if (!reader.atEnd())
        return fail(Fault::BadInput, "CBOR: there is more behind its end");
    return value;
}

} // namespace artdag
