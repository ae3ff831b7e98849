// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of proxies: JPEG data, each for itself, so that any one is read without the others. The data say nothing of
// colour: whoever keeps them knows what their codes mean.
#pragma once

#include "core/base/digest.h"
#include "core/picture/picture.h"

#include <memory>
#include <string>
#include <string_view>

namespace artdag {

/// What decides the data besides the picture, for keys: `mjpeg lavc 59.37 q2`.
std::string proxyCodecIdentity();

/// Whether all pictures that a decoder of this name reads stand for themselves (`prores`, `mjpeg`), so that each is decoded
/// without others. False for a name that is none.
bool standsAlone(std::string_view decoder);

/// Not thread-safe.
class ProxyEncoder {
public:
    /// For pictures of one size, 8-bit Y'CbCr. BadInput for others.
    static Result<ProxyEncoder> open(int width, int height, SampleFormat format);
    ProxyEncoder(ProxyEncoder&&) noexcept;
    ~ProxyEncoder();
    Result<Bytes> encode(const PackedPicture& picture);

private:
    struct State;
    explicit ProxyEncoder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Not thread-safe.
class ProxyDecoder {
public:
    static Result<ProxyDecoder> open();
    ProxyDecoder(ProxyDecoder&&) noexcept;
    ~ProxyDecoder();
    /// Corrupt for data that are not a whole picture of this size and format.
    Result<CodedPointer> decode(ByteView data, int width, int height, const Coding& coding);

private:
    struct State;
    explicit ProxyDecoder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace artdag
