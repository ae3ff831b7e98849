// SPDX-License-Identifier: GPL-3.0-or-later
// The worked example of docs/formats/store.md, and damage to it.
#include "core/store/records.h"
#include "tests/store/place.h"

#include <QtTest>

using namespace artdag;

namespace {

const std::string line = R"({"cost":1200000,"facts":{"psnr":"41.2"},"key":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","kind":"chunk","objects":["a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"],"record":"action"})";
const std::string sum = "e09653e33c8ecbd93cb7852526e95dee68686df27e09ccbc6f90d789b7b40c92";

Digest repeated(std::uint8_t byte)
{
    Digest digest;
    digest.fill(byte);
    return digest;
}

} // namespace

class StoreRecordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anActionIsWrittenAsTheDocsSay()
    {
        const ActionRecord action{"chunk", repeated(0x0b), {{ContentId{repeated(0xa1)}}, Json{{"psnr", "41.2"}}, 1'200'000}};
        QCOMPARE(*textOfRecord(action), line + "\n" + sum + "\n");
        const auto read = *readRecord(line + "\n" + sum + "\n");
        QCOMPARE(std::get<ActionRecord>(read).result.objects, action.result.objects);
        QCOMPARE(std::get<ActionRecord>(read).result.costMicroseconds, action.result.costMicroseconds);
    }

    void recordsAreNamedAsTheDocsSay()
    {
        QCOMPARE(hexOf(nameOfAction("chunk", repeated(0x0b))), std::string("c7c0e89e57dd43142cfbc22c6a27998edaf254281cbf2d9203615cbb4a943ed2"));
        QCOMPARE(hexOf(nameOfRoot(Root::Kind::Work, "urn:uuid:1")), std::string("a2a42e66dd0fe0329b2588e9016d0cc0211731aa8dd2fc32fce4de3e6a4eac7b"));
        QCOMPARE(hexOf(nameOfFile("/film/a.mov")), std::string("a04dd29dbebee63f106fc976d03d8d8bf6bf754b93f0d75511b93625a3b995c3"));
    }

    void anyOtherByteMakesItDamaged()
    {
        const std::string text = line + "\n" + sum + "\n";
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::string other = text;
            other[i] = char(other[i] ^ 1);
            QCOMPARE(faultOf(readRecord(other)), Fault::Corrupt);
            QCOMPARE(faultOf(readRecord(text.substr(0, i))), Fault::Corrupt);
        }
    }

    void aPathThatIsNoTextAndAFactThatIsNone()
    {
        FileRow file;
        file.path = "/film/\xff\xfe.mov";
        QCOMPARE(std::get<FileRow>(*readRecord(*textOfRecord(file))).path, file.path);
        QCOMPARE(faultOf(textOfRecord(ActionRecord{"k", {}, {{}, "\xff"}})), Fault::BadInput);
    }
};

QTEST_APPLESS_MAIN(StoreRecordsTest)
#include "store_records_test.moc"
