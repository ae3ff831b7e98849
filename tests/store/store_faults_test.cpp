// SPDX-License-Identifier: GPL-3.0-or-later
// System calls that fail, one after the other (F2 and F4 of docs/store-faults.md), for the store and for SQLite alike. What
// is acknowledged is there; what is not leaves nothing behind.
#include "tests/store/file_calls.h"
#include "tests/store/place.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <atomic>
#include <cerrno>

using namespace artdag;
using file_calls::Answer;
using file_calls::Call;
using file_calls::Kind;

namespace {

/// The n-th call of a kind on files below a directory fails, once.
class OneFault : public file_calls::Listener {
public:
    OneFault(fs::path root, Kind kind, int n, int code)
        : m_root(root.string()),
          m_kind(kind),
          m_left(n),
          m_code(code)
    {
        file_calls::listen(this);
    }
    ~OneFault() override { file_calls::listen(nullptr); }
    Answer before(const Call& call) override
    {
        if (call.kind != m_kind || !call.path.starts_with(m_root) || --m_left != 0)
            return {};
        m_fired = true;
        return m_code == 0 ? Answer{Answer::Way::Shorten, 0} : Answer{Answer::Way::Fail, m_code};
    }
    [[nodiscard]] bool fired() const { return m_fired; }

private:
    std::string m_root;
    Kind m_kind;
    std::atomic<int> m_left;
    int m_code; ///< an errno; 0: a short write
    std::atomic<bool> m_fired = false;
};

struct Failure {
    const char* name;
    Kind kind;
    int code;
};
const std::vector<Failure> faults{
    {"write EIO", Kind::Write, EIO}, {"write ENOSPC", Kind::Write, ENOSPC}, {"write EDQUOT", Kind::Write, EDQUOT}, {"write EINTR", Kind::Write, EINTR}, {"short write", Kind::Write, 0},
    {"pwrite EIO", Kind::Pwrite, EIO}, {"pwrite ENOSPC", Kind::Pwrite, ENOSPC}, {"short pwrite", Kind::Pwrite, 0},
    {"fdatasync EIO", Kind::Fdatasync, EIO}, {"fsync EIO", Kind::Fsync, EIO}, {"fsync ENOSPC", Kind::Fsync, ENOSPC},
    {"rename ENOSPC", Kind::RenameNoReplace, ENOSPC}, {"rename EINVAL", Kind::RenameNoReplace, EINVAL}, {"rename of a record EIO", Kind::Rename, EIO},
    {"open EMFILE", Kind::Open, EMFILE}, {"open EIO", Kind::Open, EIO}, {"fchmod EPERM", Kind::Fchmod, EPERM}, {"close EIO", Kind::Close, EIO},
    {"flock EINTR", Kind::Flock, EINTR}, {"flock ENOLCK", Kind::Flock, ENOLCK}, {"fallocate ENOSPC", Kind::Fallocate, ENOSPC}, {"fallocate EOPNOTSUPP", Kind::Fallocate, EOPNOTSUPP},
    {"mkdir ENOSPC", Kind::Mkdir, ENOSPC}, {"unlink EIO", Kind::Unlink, EIO}, {"truncate EIO", Kind::Truncate, EIO}};

const std::string film(700'000, 'o'); // three blocks

/// One thing that is asked of a store. `holds` looks at it later: what was acknowledged must hold, the rest must not.
struct Wish {
    const char* name;
    std::function<bool(Store&, const fs::path& outside)> ask;
    std::function<bool(Store&)> holds;
    bool mayHoldAnyway = false; ///< when a part of it is done before the rest can fail
};
const std::vector<Wish> wishes{
    {"put", [](Store& store, const fs::path&) { return store.put(bytesOf(film), ObjectClass::Asset).has_value(); }, [](Store& store) { return store.get(idOf(film)).has_value(); }},
    {"batch put",
        [](Store& store, const fs::path&) {
            const std::array<ByteView, 3> all{bytesOf("one"), bytesOf(film), bytesOf("two")};
            return store.putAll(all, ObjectClass::Render).has_value();
        },
        [](Store& store) { return store.get(idOf("one")) && store.get(idOf(film)) && store.get(idOf("two")); }},
    {"put of a file", [](Store& store, const fs::path& outside) { return store.putFile(outside, ObjectClass::Asset).has_value(); }, [](Store& store) { return store.get(idOf(film)).has_value(); }, true},
    {"action", [](Store& store, const fs::path&) { return store.putAction("k", Digest{}, {{idOf("before")}, 1}).has_value(); }, [](Store& store) { return store.action("k", Digest{}).has_value(); }, true},
    {"keep", [](Store& store, const fs::path&) { return store.keep({Root::Kind::Work, "w", {idOf("before")}, {}}).has_value(); }, [](Store& store) { return store.roots()->size() == 1; }, true},
};

} // namespace

class StoreFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void whatIsAskedEitherTrulySucceedsOrLeavesNothing_data()
    {
        QTest::addColumn<int>("fault");
        for (std::size_t i = 0; i < faults.size(); ++i)
            QTest::newRow(faults[i].name) << int(i);
    }
    void whatIsAskedEitherTrulySucceedsOrLeavesNothing()
    {
        QFETCH(int, fault);
        const auto& [name, kind, code] = faults[std::size_t(fault)];
        int fired = 0;
        for (const Wish& wish : wishes)
            for (int n = 1; n < 400; n += isSoak() ? 1 : 1 + n / 3) {
                Place place;
                const auto outside = place.directory.path() / "film";
                QVERIFY(writeFileAtomically(outside, bytesOf(film)));
                QVERIFY(place.store->put(bytesOf("before"), ObjectClass::Asset));
                bool isDone = false, isOver = false;
                {
                    const OneFault one(place.root, kind, n, code);
                    isDone = wish.ask(*place.store, outside);
                    isOver = !one.fired();
                }
                if (isOver)
                    break;
                ++fired;
                const QByteArray what = QByteArray(name) + ", " + wish.name + ", call " + QByteArray::number(n);
                const bool holds = wish.holds(*place.store);
                QVERIFY2(isDone ? holds : !holds || wish.mayHoldAnyway, what);
                place.reopen();
                QVERIFY2(place.names("tmp").empty(), what);
                QVERIFY2(!isDone || wish.holds(*place.store), what);
                QVERIFY2(place.store->get(idOf("before")).has_value(), what);
                QVERIFY2(place.store->check()->empty(), what);
                QVERIFY2(wish.ask(*place.store, outside) && wish.holds(*place.store), what);
            }
        qInfo("%s: %d faults fired", name, fired);
        QVERIFY(fired > 0 || kind == Kind::Mkdir || kind == Kind::Unlink || kind == Kind::Truncate || kind == Kind::Fchmod);
    }

    void aFailedSyncIsNeverTriedAgain()
    {
        for (const Kind kind : {Kind::Fdatasync, Kind::Fsync}) {
            Place place;
            {
                const OneFault one(place.root, kind, 1, EIO);
                const auto put = place.store->put(bytesOf("film"), ObjectClass::Asset);
                QVERIFY(one.fired());
                QCOMPARE(faultOf(put), Fault::Unavailable);
                QVERIFY(put.error().message.find(place.root.string()) == std::string::npos);
            }
            QVERIFY(!place.store->facts(idOf("film")));
            QVERIFY(place.names("tmp").empty());
            QVERIFY(place.store->put(bytesOf("film"), ObjectClass::Asset));
            QVERIFY(place.store->get(idOf("film")));
        }
    }

    void openingAndCollectingSurviveFailuresToo_data() { whatIsAskedEitherTrulySucceedsOrLeavesNothing_data(); }
    void openingAndCollectingSurviveFailuresToo()
    {
        QFETCH(int, fault);
        const auto& [name, kind, code] = faults[std::size_t(fault)];
        int fired = 0;
        for (int n = 1; n < 600; n += isSoak() || n < 20 ? 1 : n / 4) {
            Place place;
            const ContentId asset = *place.store->put(bytesOf("asset"), ObjectClass::Asset);
            const ContentId render = *place.store->put(bytesOf("render"), ObjectClass::Render);
            QVERIFY(place.store->pin(render));
            QVERIFY(place.store->put(bytesOf("another"), ObjectClass::Render));
            place.store.reset();
            if (n % 2 == 0)
                fs::remove(place.root / "index.sqlite"); // so that it is made anew under fire
            bool isOver = false;
            {
                const OneFault one(place.root, kind, n, code);
                if (const auto store = openStore(place.root, smallLimits))
                    for (int pass = 0; pass < 3; ++pass)
                        (void)(*store)->collect(0);
                isOver = !one.fired();
            }
            fired += isOver ? 0 : 1;
            const QByteArray what = QByteArray(name) + ", call " + QByteArray::number(n);
            place.reopen();
            QVERIFY2(place.store->get(asset) && place.store->get(render), what);
            QVERIFY2(place.store->check()->empty(), what);
            QCOMPARE(place.store->roots()->size(), std::size_t{1});
            QVERIFY(place.names("tmp").empty());
            if (isOver && n > 2)
                break;
        }
        qInfo("%s: %d faults fired", name, fired);
    }
};

QTEST_APPLESS_MAIN(StoreFaultsTest)
#include "store_faults_test.moc"
