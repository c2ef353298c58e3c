package io.llmplatform.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.http.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every operation has in common, over HTTP. */
class ConventionsIT {
    private static Service service;
    private static String admin;

    @BeforeAll
    static void start() {
        service = Service.start();
        admin = service.admin();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users     | {\"username\":\"x1\",\"password\":\"long enough\",\"admin\":true}      | admin",
                "users     | {\"username\":5,\"password\":\"long enough\"}                          | username",
                "users     | {\"username\":\"x1\",\"password\":12345678}                            | password",
                "users     | {\"username\":\"x1\",\"password\":\"long enough\",\"role\":\"king\"}   | role",
                "users     | {\"username\":\"x 1\",\"password\":\"long enough\"}                    | username",
                "users     | {\"password\":\"long enough\"}                                         | username",
                "users     | {\"username\":\"x1\",\"password\":\"short\"}                           | password",
                "users     | {\"username\":\"sameasname\",\"password\":\"SameAsName\"}              | password",
                "auth/login | {\"username\":\"a\\u0000\",\"password\":\"x\"}                       | username",
                "api-keys  | {\"name\":\"k\",\"user_id\":\"usr_\\u0000\"}                          | user_id",
                "api-keys  | {\"name\":\"\"}                                                        | name",
                "api-keys  | {\"name\":\"k\",\"expires_at\":\"tomorrow\"}                           | expires_at",
                "api-keys  | {\"name\":\"k\",\"expires_at\":1700000000}                             | expires_at",
                "api-keys  | {\"name\":\"k\",\"allowed_models\":\"gpt-4o\"}                         | allowed_models",
                "providers | {\"name\":\"p\",\"type\":\"azure\"}                                    | type",
                "providers | {\"name\":\"p\",\"type\":\"openai-compatible\"}                        | base_url",
                "providers | {\"name\":\"p\",\"type\":\"openai\",\"base_url\":\"file:///etc\"}      | base_url",
                "providers | {\"name\":\"p\",\"type\":\"azure-openai\"} | base_url",
                "teams | {\"name\":\" \"} | name",
                "teams | {\"name\":\"t\",\"limit\":{}} | limit",
                "teams | {\"name\":\"t\",\"limits\":{\"rpm\":1}} | limits.rpm",
                "teams | {\"name\":\"t\",\"limits\":{\"requests_per_minute\":0}} | limits.requests_per_minute",
                "teams | {\"name\":\"t\",\"limits\":{\"tokens_per_minute\":1000000001}} | limits.tokens_per_minute",
                "teams | {\"name\":\"t\",\"limits\":{\"tokens_per_minute\":99999999999999999999}} | limits.tokens_per_minute",
                "teams | {\"name\":\"t\",\"limits\":{\"concurrency\":1.5}} | limits.concurrency",
                "teams | {\"name\":\"t\",\"budgets\":[{\"period\":\"year\",\"amount\":1,\"currency\":\"USD\"}]} | budgets[0].period",
                "teams | {\"name\":\"t\",\"budgets\":[{\"period\":\"day\",\"amount\":0,\"currency\":\"USD\"}]} | budgets[0].amount",
                "teams | {\"name\":\"t\",\"budgets\":[{\"period\":\"day\",\"amount\":1,\"currency\":\"usd\"}]} | budgets[0].currency",
                "teams | {\"name\":\"t\",\"budgets\":[{\"period\":\"day\",\"amount\":1,\"currency\":\"USD\"},{\"period\":\"day\",\"amount\":2,\"currency\":\"USD\"}]} | budgets[1]",
                "teams | {\"name\":\"t\",\"budgets\":[null]} | budgets[0]",
                "users | {\"username\":\"x1\",\"password\":\"long enough\",\"limits\":{\"concurrency\":0}} | limits.concurrency",
                "users | {\"username\":\"x1\",\"password\":\"long enough\",\"team_id\":7} | team_id",
                "api-keys | {\"name\":\"k\",\"scopes\":[]} | scopes",
                "api-keys | {\"name\":\"k\",\"scopes\":[\"chat\"]} | scopes[0]",
                "api-keys | {\"name\":\"k\",\"scopes\":[\"rerank\",\"rerank\"]} | scopes[1]",
                "api-keys | {\"name\":\"k\",\"allowed_ips\":[\"10.0.0.0/33\"]} | allowed_ips[0]",
                "api-keys | {\"name\":\"k\",\"allowed_ips\":[\"localhost\"]} | allowed_ips[0]",
                "api-keys | {\"name\":\"k\",\"allowed_ips\":[]} | allowed_ips",
                "api-keys | {\"name\":\"k\",\"cache\":\"yes\"} | cache",
                "api-keys | {\"name\":\"k\",\"metadata\":{\"a b\":\"c\"}} | metadata",
                "api-keys | {\"name\":\"k\",\"metadata\":{\"a\":\"\"}} | metadata.a",
                "api-keys | {\"name\":\"k\",\"metadata\":{\"a\":5}} | metadata.a",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\",\"priority\":1001}]} | deployments[0].priority",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\",\"when\":{\"endpoints\":[\"chat\"]}}]} | deployments[0].when.endpoints[0]",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\",\"when\":{\"min_prompt_tokens\":5,\"max_prompt_tokens\":4}}]} | deployments[0].when.max_prompt_tokens",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\",\"price\":{\"currency\":\"USD\",\"input\":1}}]} | deployments[0].price.output",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"routing\":{\"strategy\":\"random\"}} | routing.strategy",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"routing\":{\"sticky\":\"header:x y\"}} | routing.sticky",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"routing\":{\"fallbacks\":[\"a\",\"a\"]}} | routing.fallbacks[1]",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"cache\":{}} | cache.ttl_seconds",
                "models | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"cache\":{\"ttl_seconds\":604801}} | cache.ttl_seconds",
                "models    | {\"name\":\"m\"}                                                       | deployments",
                "models    | {\"name\":\"m\",\"deployments\":[]}                                    | deployments",
                "models    | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\",\"weight\":1.5}]} | deployments[0].weight",
                "models    | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\",\"weight\":0}]}   | deployments[0].weight",
                "models    | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"price\":{\"currency\":\"USD\",\"input\":-1,\"output\":1}} | price.input",
                "models    | {\"name\":\"m\",\"deployments\":[{\"provider_id\":\"p\",\"upstream_model\":\"u\"}],\"price\":{\"currency\":\"USD\",\"input\":1e999999999,\"output\":1}} | price.input",
            })
    void aWrongBodyIsA400ThatNamesTheFieldAndStoresNothing(String path, String body, String field) {
        long before = events();

        var answer = service.post(path.strip(), admin, body.strip());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith(Problem.MEDIA_TYPE);
        assertThat(answer.field()).isEqualTo(field.strip());
        assertThat(answer.json().get("request_id").asString()).isEqualTo(answer.header(Headers.REQUEST_ID));
        assertThat(answer.body()).doesNotContain("tools.jackson", "Exception", "\tat ", "12345678");
        assertThat(events()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"username\":", "[]", "nonsense", "{} {}", "\"text\"", "''", "null"})
    void aBrokenBodyIsA400(String body) {
        var answer = service.post("users", admin, body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().get("request_id").isString()).isTrue();
        assertThat(answer.body()).doesNotContain("tools.jackson", "Exception", "\tat ");
    }

    @Test
    void anotherMediaTypeIsA415AndAnOversizedBodyA413() {
        var media = service.post("users", admin, "username=x", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(media.status()).isEqualTo(415);
        assertThat(media.json().get("request_id").isString()).isTrue();

        var form = service.post("users", admin, "--", "Content-Type", "multipart/form-data");
        assertThat(form.status()).as(form.toString()).isEqualTo(415);
        assertThat(service.post("users?=x", admin, Map.of("username", "x")).status())
                .isEqualTo(400);

        var large = service.post("users", admin, "{\"username\":\"" + "x".repeat(BodyLimitFilter.LIMIT) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().get("status").asInt()).isEqualTo(413);
        assertThat(large.json().get("request_id").isString()).isTrue();
    }

    @Test
    void whatDoesNotExistIsA404AndAnotherMethodA405() {
        assertThat(service.post("nothing", admin, Map.of()).status()).isEqualTo(404);
        assertThat(service.send("DELETE", "/api/admin/v1/users", admin, null).status())
                .isEqualTo(405);
        assertThat(service.post("users/usr_unknown/disable", admin, null).status())
                .isEqualTo(404);
        assertThat(service.post("users/nonsense/disable", admin, null).status()).isEqualTo(404);
        assertThat(service.patch("api-keys/key_%01", admin, Map.of("name", "x")).status())
                .isEqualTo(404);
    }

    @Test
    void anIdOfAnotherKindNeverReachesAnAggregate() {
        var key = service.post("api-keys", admin, Map.of("name", "other kind")).id();

        assertThat(service.post("users/" + key + "/disable", admin, null).status())
                .isEqualTo(404);
        assertThat(service.post("models/" + key + "/disable", admin, null).status())
                .isEqualTo(404);
    }

    @Test
    void ifMatchIsHonouredAndTheCurrentVersionTold() {
        var id = user("matcher");
        var edit = Map.of("display_name", "M");

        var newest = service.patch("users/" + id, admin, edit, "If-Match", "\"0\"");
        assertThat(newest.version()).isEqualTo(1);
        var stale = service.patch("users/" + id, admin, Map.of("display_name", "N"), "If-Match", "\"0\"");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().get("current_version").asLong()).isEqualTo(1);
        assertThat(Long.parseLong(stale.header(Headers.CONSISTENCY_TOKEN)))
                .as("reads again with what overtook it")
                .isGreaterThanOrEqualTo(Long.parseLong(newest.header(Headers.CONSISTENCY_TOKEN)));
        assertThat(service.patch("users/" + id, admin, edit, "If-Match", "zero").status())
                .isEqualTo(400);
    }

    @Test
    void absentKeepsNullClearsAndNoChangeIsNoEvent() {
        var id = service.post(
                        "users",
                        admin,
                        Map.of(
                                "username",
                                "patched",
                                "password",
                                "long enough",
                                "email",
                                "p@example.org",
                                "display_name",
                                "P"))
                .id();

        var cleared = service.patch("users/" + id, admin, "{\"email\":null}");
        assertThat(cleared.version()).isEqualTo(1);
        var same = service.patch("users/" + id, admin, "{\"display_name\":\"P\"}");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.version()).isEqualTo(1);
        assertThat(same.header(Headers.CONSISTENCY_TOKEN)).isEqualTo(cleared.header(Headers.CONSISTENCY_TOKEN));
        var account = service.bean(Accounts.class).byId(id).orElseThrow();
        assertThat(account.email()).isNull();
        assertThat(account.displayName()).isEqualTo("P");
        assertThat(service.patch("users/" + id, admin, "{\"role\":null}").field())
                .isEqualTo("role");
    }

    @Test
    void disablingTwiceIsNoSecondEvent() {
        var id = user("twice");

        var first = service.post("users/" + id + "/disable", admin, null);
        var second = service.post("users/" + id + "/disable", admin, null);

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(1);
        assertThat(second.header(Headers.CONSISTENCY_TOKEN)).isEqualTo(first.header(Headers.CONSISTENCY_TOKEN));
    }

    @Test
    void theConsistencyTokenIsThePositionOfTheEvent() {
        var answer = service.post("users", admin, Map.of("username", "token", "password", "long enough"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.version()).isZero();
        assertThat(service.jdbc()
                        .queryForObject(
                                "select position from events.domain_event where aggregate_id = ?",
                                String.class,
                                answer.id()))
                .isEqualTo(answer.header(Headers.CONSISTENCY_TOKEN));
    }

    @Test
    void aModelNeedsItsProvidersAndKeepsDeploymentIds() {
        var unknown = service.post(
                "models",
                admin,
                Map.of("name", "m-unknown", "deployments", List.of(deployment("prv_unknown", "u", 1))));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.field()).isEqualTo("deployments[0].provider_id");

        var provider = service.post("providers", admin, Map.of("name", "Models IT", "type", "mock"))
                .id();
        var model = service.post(
                "models", admin, Map.of("name", "m-known", "deployments", List.of(deployment(provider, "u", 1))));
        assertThat(model.status()).as(model.toString()).isEqualTo(201);
        assertThat(service.post(
                                "models",
                                admin,
                                Map.of("name", "m-known", "deployments", List.of(deployment(provider, "u", 1))))
                        .status())
                .isEqualTo(409);
        var same = service.patch(
                "models/" + model.id(), admin, Map.of("deployments", List.of(deployment(provider, "u", 1))));
        assertThat(same.version()).isZero();
        var other = service.patch(
                "models/" + model.id(),
                admin,
                Map.of("deployments", List.of(deployment(provider, "u", 2), deployment(provider, "v", 1))));
        assertThat(other.version()).isEqualTo(1);
    }

    @Test
    void nestedValuesAreReplacedAsAWholeAndEmptyOnesClear() {
        var team = service.post("teams", admin, "{\"name\":\"Nested\",\"limits\":{\"concurrency\":3},\"budgets\":[]}");
        assertThat(team.status()).as(team.toString()).isEqualTo(201);
        var path = "teams/" + team.id();
        assertThat(service.patch(path, admin, "{\"limits\":{\"concurrency\":3},\"budgets\":null}")
                        .version())
                .isZero();
        assertThat(service.patch(path, admin, "{\"limits\":{\"requests_per_minute\":9}}")
                        .version())
                .isEqualTo(1);
        assertThat(lastEvent(team.id()))
                .contains("\"after\":{\"name\":\"Nested\",\"limits\":{\"requests_per_minute\":9}}");
        assertThat(service.patch(path, admin, "{\"limits\":{}}").version()).isEqualTo(2);
        assertThat(lastEvent(team.id())).contains("\"after\":{\"name\":\"Nested\"}");
        assertThat(service.patch(path, admin, "{\"limits\":null}").version()).isEqualTo(2);
        assertThat(service.post("teams", admin, Map.of("name", "NESTED")).status())
                .isEqualTo(409);
    }

    @Test
    void aPersonsTeamMustExist() {
        var unknown = service.post(
                "users", admin, Map.of("username", "teamless", "password", "long enough", "team_id", "team_x"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.field()).isEqualTo("team_id");
        var team = service.post("teams", admin, Map.of("name", "Members")).id();
        var id = user("teamed");
        assertThat(service.patch("users/" + id, admin, Map.of("team_id", team)).version())
                .isEqualTo(1);
        assertThat(lastEvent(id)).contains("\"team_id\":\"" + team + "\"");
    }

    @Test
    void aKeyAndAModelTakeEverythingTheContractNames() {
        var key = service.post("api-keys", admin, """
                {"name":"all","scopes":["chat.completions"],"allowed_ips":["10.0.0.0/8","2001:db8::1"],"cache":false,
                 "limits":{"requests_per_minute":1,"tokens_per_minute":2,"concurrency":3},"metadata":{"a.b":"c"},
                 "budgets":[{"period":"day","amount":2.50,"currency":"USD"}]}""");
        assertThat(key.status()).as(key.toString()).isEqualTo(201);
        assertThat(lastEvent(key.id()))
                .contains("\"scopes\":[\"chat.completions\"],\"allowed_ips\":[\"10.0.0.0/8\",\"2001:db8::1\"]")
                .contains("\"budgets\":[{\"period\":\"day\",\"amount\":2.5,\"currency\":\"USD\"}],\"cache\":false")
                .contains("\"metadata\":{\"a.b\":\"c\"}");

        var provider = service.post("providers", admin, Map.of("name", "All IT", "type", "mock"))
                .id();
        var model = service.post("models", admin, """
                {"name":"m-all","deployments":[{"provider_id":"%s","upstream_model":"u","priority":0,
                  "when":{"stream":true,"metadata":{}},"limits":{},"price":{"currency":"USD","input":1,"output":2}}],
                 "routing":{"strategy":"round-robin","fallbacks":["m-later"],"sticky":"header:x-session"},
                 "limits":{"concurrency":5},"cache":{"ttl_seconds":60}}""".formatted(provider));
        assertThat(model.status()).as(model.toString()).isEqualTo(201);
        assertThat(lastEvent(model.id()))
                .contains("\"weight\":1,\"when\":{\"stream\":true},\"price\":{\"currency\":\"USD\"")
                .contains(
                        "\"routing\":{\"strategy\":\"round-robin\",\"fallbacks\":[\"m-later\"],\"sticky\":\"header:x-session\"}")
                .contains("\"limits\":{\"concurrency\":5},\"cache\":{\"ttl_seconds\":60}");
        assertThat(service.patch("models/" + model.id(), admin, "{\"routing\":{\"fallbacks\":[\"m-all\"]}}")
                        .field())
                .isEqualTo("routing.fallbacks");
    }

    @Test
    void aProviderIsRenamedAndItsFormerNameIsFree() {
        var id = service.post("providers", admin, Map.of("name", "Former", "type", "openai", "api_key", "k1"))
                .id();

        assertThat(service.post("providers", admin, Map.of("name", "FORMER", "type", "openai"))
                        .status())
                .isEqualTo(409);
        assertThat(service.patch("providers/" + id, admin, Map.of("name", "Latter", "api_key", "k2"))
                        .version())
                .isEqualTo(2);
        assertThat(service.post("providers", admin, Map.of("name", "former", "type", "openai"))
                        .status())
                .isEqualTo(201);
        assertThat(service.patch("providers/" + id, admin, Map.of("base_url", "mock:"))
                        .status())
                .isEqualTo(400);
    }

    private static Map<String, Object> deployment(String provider, String upstream, int weight) {
        return Map.of("provider_id", provider, "upstream_model", upstream, "weight", weight);
    }

    private static String user(String name) {
        return service.post("users", admin, Map.of("username", name, "password", "long enough"))
                .id();
    }

    private static String lastEvent(String id) {
        return service.jdbc().queryForObject("""
                        select convert_from(payload, 'UTF8') from events.domain_event
                        where aggregate_id = ? order by position desc limit 1""", String.class, id);
    }

    private static long events() {
        return service.jdbc().queryForObject("select count(*) from events.domain_event", Long.class);
    }
}
