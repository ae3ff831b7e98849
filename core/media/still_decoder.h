// SPDX-License-Identifier: GPL-3.0-or-later
// One picture file's bytes, decoded without a demuxer: what a numbered picture needs, and nothing that could open another file.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"
#include "core/media/container.h"
#include "core/media/libav.h"
#include "core/picture/picture.h"

#include <string>
#include <vector>

namespace artdag {

/// By the first bytes: PNG, JPEG, TIFF, OpenEXR, BMP, WebP; AV_CODEC_ID_NONE for anything else.
AVCodecID stillCodecOf(ByteView bytes);

/// The layers of an OpenEXR picture, as its channels are named: `` for R, G, B at the top, `diffuse` for `diffuse.R`. Empty
/// for bytes that are no OpenEXR header. (The OpenEXR file layout, "Predefined attribute types: chlist".)
std::vector<std::string> exrLayers(ByteView bytes);
/// Long enough for the list of channels of an OpenEXR picture.
Bytes beginningOf(const FileSource& source);
/// Tells a decoder that is not open yet which layer to take: for an empty name the top one, else the first that has colours.
/// BadInput lists the layers that there are; for bytes that are no OpenEXR picture, that it has none.
Result<void> chooseExrLayer(AVCodecContext& codec, ByteView bytes, const std::string& layer);

/// Lossless and single pictures are checked to the last bit; film codecs report what they concealed in the frame.
int errorRecognition(AVCodecID codec);
/// FFmpeg's JPEG decoder fills what is missing with grey: a photograph must end after its last scan begins. Both markers
/// cannot occur inside a scan (ITU-T T.81 §B.1.1.5).
bool isWholeJpeg(ByteView bytes);

struct DecodedStill {
    FramePointer frame;
    CodedPointer picture;
    std::string decoder; ///< `png lavc 59.37`
};
/// BadInput or Corrupt begins with `name`. `layer` as in chooseExrLayer.
Result<DecodedStill> decodeStill(ByteView bytes, const std::string& name, const std::string& layer = {});

} // namespace artdag
