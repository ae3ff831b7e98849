// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe for followers, or for people who ask: who reads it of a real artdagd, who does not, and what becomes of it.
#include "server/db/objects.h"
#include "server/db/works.h"
#include "server/l2/trash.h"
#include "tests/server/fake_peer.h"
#include "tests/server/registry_server.h"

#include <QTest>

using namespace artdag;
using namespace artdag::server;

class KeptRecipeTest : public QObject {
    Q_OBJECT

    RegistryServer m_server;
    FakePeer m_peer;
    std::string m_dave, m_eve;

    /// A work of giles whose recipe, and something baked into it, is for some; in `work` its papers.
    std::string publish(const std::string& name, RecipeAccess access, SignedWork& work, int expected = 201)
    {
        work = makeSignedWork(name, *m_server.key, m_server.account("giles"));
        work.run.baked = {{"analysis:beats", nameOfBytes(baked(name)), "aubio 0.4.9"}};
        work.signManifest(*m_server.key);
        work.claimed.recipeAccess = access;
        work.signClaim(*m_server.key);
        m_server.sendBytes(work, m_server.giles);
        m_server.upload(baked(name), m_server.giles);
        const HttpAnswer answer = m_server.post("/assets", RegistryServer::bodyOf(work, name), m_server.giles);
        if (answer.status != expected)
            qFatal("%s", answer.body.c_str());
        return "/assets/@giles/" + name;
    }
    static std::string baked(const std::string& name) { return "beats of " + name; }
    /// The next claim of the same work.
    int change(SignedWork& work, const std::string& name, RecipeAccess access)
    {
        work.claimed.supersedes = documentId(work.claim);
        work.claimed.version += 1;
        work.claimed.recipeAccess = access;
        work.signClaim(*m_server.key);
        return m_server.post("/assets", RegistryServer::bodyOf(work, name), m_server.giles).status;
    }
    int read(const std::string& asset, const std::string& token = {}) { return m_server.status(asset + "/recipe", "*/*", token); }
    int answer(const std::string& asset, const std::string& user, bool accept, const std::string& token)
    {
        return m_server.patch(asset + "/recipe/requests", Json{{"account", m_server.account(user)}, {"accept", accept}}, token).status;
    }
    Json newest(const std::string& token) { return m_server.json("/notifications", token)["items"][0]; }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_server.begin());
        m_dave = m_server.tokenOf("dave");
        m_eve = m_server.tokenOf("eve");
    }

    void followersReadTheirsAndNobodyElseLearnsOfIt()
    {
        SignedWork work;
        const std::string asset = publish("for-followers", RecipeAccess::Followers, work);
        const std::string recipe = nameOfBytes(work.recipe).hex();
        QCOMPARE(m_server.post("/follows", Json{{"account", m_server.account("giles")}}, m_server.carol).status, 200);
        const HttpAnswer given = m_server.get(asset + "/recipe", "*/*", m_server.carol);
        QCOMPARE(given.status, 200);
        QCOMPARE(given.body, work.recipe);
        QVERIFY(given.header("cache-control").starts_with("private"));
        QCOMPARE(given.header("content-type"), std::string("application/vnd.artdag.recipe+json"));
        QCOMPARE(read(asset, m_server.giles), 200);
        QCOMPARE(m_server.get(asset + "/recipe/parts/" + nameOfBytes(baked("for-followers")).hex(), "*/*", m_server.carol).body, baked("for-followers"));
        // To all others, with the right hash and without, it is as if it were not here.
        for (const std::string& token : {std::string(), m_dave}) {
            QCOMPARE(read(asset, token), 404);
            const HttpAnswer known = m_server.call("GET", asset + "/recipe", {}, token, {{"If-None-Match", "\"" + recipe + "\""}});
            QCOMPARE(known.status, 404);
            QVERIFY(known.header("etag").empty());
            QCOMPARE(m_server.call("HEAD", asset + "/recipe", {}, token).status, 404);
            QCOMPARE(m_server.status("/media/" + recipe, "*/*", token), 404);
            QCOMPARE(m_server.status("/media/" + nameOfBytes(baked("for-followers")).hex(), "*/*", token), 404);
            QCOMPARE(m_server.status(asset + "/recipe/parts/" + nameOfBytes(baked("for-followers")).hex(), "*/*", token), 404);
            QCOMPARE(m_server.status("/objects/" + recipe, "*/*", token), 404);
        }
        QCOMPARE(m_server.status(asset + "/recipe/parts/" + nameOfBytes(work.input).hex(), "*/*", m_server.carol), 404); // is no part of it
        QVERIFY(m_server.json(asset)["links"]["recipe"].is_null());
        QVERIFY(m_server.note("/objects/" + nameOfBytes(work.film).hex()).dump().find(recipe) == std::string::npos);
        // By a signed GET as what is for followers otherwise; and not any more when that ends.
        QCOMPARE(m_peer.fetch(m_server, asset + "/recipe").status, 404);
        QCOMPARE(m_peer.deliver(m_server, m_peer.activity("Follow", m_server.url() + "/users/giles")), 202);
        QTRY_COMPARE(m_peer.fetch(m_server, asset + "/recipe").status, 200);
        QCOMPARE(m_peer.fetch(m_server, asset + "/recipe", "stranger").status, 404);
        QCOMPARE(m_server.post("/blocks", Json{{"account", m_server.account("carol")}}, m_server.giles).status, 204);
        QCOMPARE(read(asset, m_server.carol), 404);
        QCOMPARE(m_server.remove("/blocks", m_server.giles, Json{{"account", m_server.account("carol")}}).status, 204);
        QCOMPARE(m_server.status(asset + "/recipe/requests", "application/json", m_server.carol), 200);
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests", {}, m_server.carol).status, 404); // nobody is asked for this one
    }

    void aFollowerIsNotGivenTheRightToGiveItAway()
    {
        SignedWork work;
        publish("not-hers", RecipeAccess::Followers, work);
        QCOMPARE(m_server.post("/follows", Json{{"account", m_server.account("giles")}}, m_server.carol).status, 200);
        // Carol, who reads it, publishes papers that name it as public: a hash is no permission.
        SignedWork hers = makeSignedWork("hers", *m_server.carolKey, m_server.account("carol"));
        hers.run.recipe.contentHash = nameOfBytes(work.recipe);
        hers.signManifest(*m_server.carolKey);
        hers.claimed.ingredients = ingredientsOf(hers.run);
        hers.signClaim(*m_server.carolKey);
        m_server.upload(hers.film, m_server.carol);
        const HttpAnswer refused = m_server.post("/assets", RegistryServer::bodyOf(hers, "hers"), m_server.carol);
        QVERIFY2(refused.status == 400 && refused.body.find("upload it first") != std::string::npos, refused.body.c_str());
        QCOMPARE(m_server.status("/media/" + nameOfBytes(work.recipe).hex(), "*/*"), 404);
        // Nor does it become hers by papers that keep it for her own followers.
        hers.claimed.recipeAccess = RecipeAccess::Followers;
        hers.signClaim(*m_server.carolKey);
        const HttpAnswer kept = m_server.post("/assets", RegistryServer::bodyOf(hers, "hers"), m_server.carol);
        QVERIFY2(kept.status == 201, kept.body.c_str());
        QCOMPARE(read("/assets/@carol/eves", m_server.carol), 404);
    }

    void whoAsksIsAnswered()
    {
        SignedWork work;
        const std::string asset = publish("on-request", RecipeAccess::Request, work);
        QCOMPARE(read(asset, m_dave), 404);
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests").status, 401);
        const HttpAnswer asked = m_server.call("POST", asset + "/recipe/requests", {}, m_dave, {{"Accept", "application/json"}});
        QVERIFY2(asked.status == 201, asked.body.c_str());
        QCOMPARE(RegistryServer::parsed(asked)["state"].get<std::string>(), "asked");
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests", {}, m_dave).status, 200); // once
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests", {}, m_server.giles).status, 400);
        QCOMPARE(m_server.json(asset + "/recipe/requests", m_server.giles)["items"].size(), std::size_t(1));
        QCOMPARE(m_server.json(asset + "/recipe/requests", m_eve)["items"].size(), std::size_t(0)); // whoever else asked is not hers to know
        QCOMPARE(newest(m_server.giles)["kind"].get<std::string>(), "recipe_request");
        QCOMPARE(newest(m_server.giles)["by"]["account"].get<std::string>(), m_server.account("dave"));
        QCOMPARE(read(asset, m_dave), 404); // asking opens nothing

        QCOMPARE(answer(asset, "dave", true, m_dave), 403);
        QCOMPARE(answer(asset, "eve", true, m_server.giles), 404); // did not ask
        QCOMPARE(answer(asset, "dave", true, m_server.giles), 200);
        QCOMPARE(newest(m_dave)["kind"].get<std::string>(), "recipe_granted");
        QCOMPARE(m_server.get(asset + "/recipe", "*/*", m_dave).body, work.recipe);
        QCOMPARE(read(asset, m_eve), 404);
        QCOMPARE(answer(asset, "dave", false, m_server.giles), 200); // taken back
        QCOMPARE(newest(m_dave)["kind"].get<std::string>(), "recipe_refused");
        QCOMPARE(read(asset, m_dave), 404);
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests", {}, m_dave).status, 200); // asking again changes nothing
        QCOMPARE(read(asset, m_dave), 404);

        // Who is blocked neither asks nor reads on.
        QCOMPARE(answer(asset, "dave", true, m_server.giles), 200);
        for (const char* user : {"dave", "eve"})
            QCOMPARE(m_server.post("/blocks", Json{{"account", m_server.account(user)}}, m_server.giles).status, 204);
        QCOMPARE(read(asset, m_dave), 404);
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests", {}, m_eve).status, 403);
        for (const char* user : {"dave", "eve"})
            QCOMPARE(m_server.remove("/blocks", m_server.giles, Json{{"account", m_server.account(user)}}).status, 204);
        QCOMPARE(read(asset, m_dave), 200);
    }

    void nobodyAsksForHundreds()
    {
        SignedWork work;
        int status = 0;
        int asked = 0;
        const std::string token = m_server.tokenOf("greedy");
        for (; asked < 40; ++asked) {
            const std::string asset = publish("many-" + std::to_string(asked), RecipeAccess::Request, work);
            status = m_server.call("POST", asset + "/recipe/requests", {}, token).status;
            if (status != 201)
                break;
        }
        QCOMPARE(status, 429);
        QCOMPARE(asked, 30);
    }

    void accessChangesInAllDirections()
    {
        SignedWork work;
        const std::string asset = publish("changing", RecipeAccess::Public, work);
        const std::string part = "/media/" + nameOfBytes(baked("changing")).hex();
        QCOMPARE(read(asset), 200);
        QCOMPARE(m_server.status(part, "*/*"), 200);
        QCOMPARE(m_server.post("/follows", Json{{"account", m_server.account("giles")}}, m_server.carol).status, 200);
        QCOMPARE(change(work, "changing", RecipeAccess::Followers), 201);
        QCOMPARE(read(asset), 404);
        QCOMPARE(m_server.status(part, "*/*"), 404);
        QCOMPARE(read(asset, m_server.carol), 200);
        QCOMPARE(change(work, "changing", RecipeAccess::Request), 201);
        QCOMPARE(read(asset, m_server.carol), 404);
        QCOMPARE(change(work, "changing", RecipeAccess::Sealed), 201);
        QCOMPARE(read(asset, m_server.giles), 404);
        QCOMPARE(change(work, "changing", RecipeAccess::Public), 201);
        QCOMPARE(read(asset), 200);
        QCOMPARE(m_server.status(part, "*/*"), 200);
    }

    void itEndsWithTheWorkAndIsInTheExport()
    {
        SignedWork work;
        const std::string asset = publish("ending", RecipeAccess::Request, work);
        QCOMPARE(m_server.call("POST", asset + "/recipe/requests", {}, m_dave).status, 201);
        QCOMPARE(answer(asset, "dave", true, m_server.giles), 200);
        QVERIFY(m_server.get("/account/export", "*/*", m_server.giles).body.find(work.recipe) != std::string::npos);
        QVERIFY(m_server.get("/account/export", "*/*", m_dave).body.find("@giles/ending") != std::string::npos);
        QVERIFY(m_server.get("/account/export", "*/*", m_dave).body.find(work.recipe) == std::string::npos);
        QCOMPARE(m_server.remove(asset, m_server.giles).status, 204);
        QVERIFY(read(asset, m_dave) == 404 || read(asset, m_dave) == 410);
    }

    void itsBytesGoWithTheAccountAndWithTheWork()
    {
        SignedWork hers = makeSignedWork("carols", *m_server.carolKey, m_server.account("carol"));
        hers.claimed.recipeAccess = RecipeAccess::Followers;
        hers.signClaim(*m_server.carolKey);
        m_server.sendBytes(hers, m_server.carol);
        QCOMPARE(m_server.post("/assets", RegistryServer::bodyOf(hers, "carols"), m_server.carol).status, 201);
        QCOMPARE(read("/assets/@carol/carols", m_server.carol), 200);
        const QString file = m_server.data() + "/objects/" + QString::fromStdString(nameOfBytes(hers.recipe).hex().insert(2, "/"));
        QVERIFY(QFile::exists(file));
        QCOMPARE(m_server.remove("/account", m_server.carol, Json{{"password", "correct horse carol"}, {"without_export", true}}).status, 204);
        QVERIFY(!QFile::exists(file));

        SignedWork work;
        const std::string asset = publish("trashed", RecipeAccess::Request, work);
        SignedWork other;
        publish("stays", RecipeAccess::Request, other);
        QCOMPARE(m_server.remove(asset, m_server.giles).status, 204);
        if (qgetenv("ARTDAG_TEST_ENGINE") == "postgresql")
            return; // below it goes by the file of SQLite
        const std::string domain = m_server.domain();
        QCOMPARE(m_server.stop(), 0);
        SiteOptions options;
        options.directory = m_server.data().toStdString();
        options.domain = domain;
        options.publicUrl = "http://" + domain;
        const auto site = *openSite(options);
        QVERIFY(emptyTrash(*site, findWork(*site->database, "giles", "trashed")->id).has_value());
        QVERIFY(!site->objects.has(nameOfBytes(work.recipe)));
        QVERIFY(!findObject(*site->database, nameOfBytes(baked("trashed"))).has_value());
        QVERIFY(site->objects.has(nameOfBytes(other.recipe)));
    }
};

QTEST_GUILESS_MAIN(KeptRecipeTest)
#include "kept_recipe_test.moc"
