package io.llmplatform.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class AccessIT {
    private static Service service;
    private static String admin;
    private static String auditor;
    private static String manager;
    private static String member;

    @BeforeAll
    static void start() {
        service = Service.start();
        admin = service.admin();
        service.post("users", admin, Map.of("username", "auditor", "password", "long enough", "role", "auditor"));
        auditor = service.login("auditor", "long enough");
        service.post("users", admin, Map.of("username", "boss", "password", "long enough", "role", "manager"));
        manager = service.login("boss", "long enough");
        member = service.login("developer", "dev123");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Operation.values())
                .filter(operation -> !operation.isPublic())
                .flatMap(operation -> Stream.of(Role.AUDITOR, Role.MANAGER, Role.MEMBER)
                        .filter(role -> !operation.isAllowedFor(role))
                        .map(role -> Arguments.of(operation, role)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRoleThatMayNotIsRefusedBeforeTheBodyIsLookedAt(Operation operation, Role role) {
        var answer = send(operation, role == Role.AUDITOR ? auditor : role == Role.MANAGER ? manager : member);

        assertThat(answer.status()).as(operation + " as " + role).isEqualTo(403);
        assertThat(answer.json().get("request_id").isString()).isTrue();
    }

    @Test
    void withoutAValidTokenNothingButLoginIsReached() {
        var forged = admin.substring(0, admin.length() - 6) + "AAAAAA";
        for (var operation : Operation.values()) {
            if (!operation.isPublic()) {
                assertThat(send(operation, null).status()).as(operation.name()).isEqualTo(401);
                assertThat(send(operation, forged).status())
                        .as(operation.name())
                        .isEqualTo(401);
            }
        }
        var none = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        assertThat(service.get("auth/me", none + "." + admin.split("\\.")[1] + ".")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void everyControllerMethodIsInTheTable() {
        var mappings = service
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(mapping -> !mapping.getPatternValues().contains("/error"))
                .toList();

        assertThat(mappings).hasSize(Operation.values().length);
        assertThat(mappings).allSatisfy(mapping -> {
            var method =
                    mapping.getMethodsCondition().getMethods().iterator().next().name();
            var path = mapping.getPatternValues().iterator().next().replace("{id}", "usr_x");
            assertThat(Operation.of(method, path)).as(method + " " + path).isPresent();
        });
    }

    @Test
    void aMemberHandlesOwnKeysAndNeverLearnsOfOthers() {
        var own = service.post("api-keys", member, Map.of("name", "mine"));
        var other = service.post("api-keys", admin, Map.of("name", "not theirs"));
        assertThat(own.status()).isEqualTo(201);

        for (var action : new String[] {"disable", "enable", "revoke"}) {
            assertThat(service.post("api-keys/" + other.id() + "/" + action, member, null)
                            .status())
                    .isEqualTo(404);
            assertThat(service.post("api-keys/" + own.id() + "/" + action, member, null)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(service.patch("api-keys/" + other.id(), member, Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        var forAnother = service.post("api-keys", member, Map.of("name", "x", "user_id", "usr_other"));
        assertThat(forAnother.status()).isEqualTo(403);
        assertThat(service.post("api-keys/" + own.id() + "/enable", member, null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aManagerHandlesTheKeysOfTheirTeamAndOfItsMembersOnly() {
        var team = service.post("teams", admin, Map.of("name", "Managed")).id();
        var other = service.post("teams", admin, Map.of("name", "Not managed")).id();
        var boss = service.get("auth/me", manager).id();
        var worker = person("worker", "member");
        var superior = person("superior", "admin");
        for (var joiner : List.of(worker, superior)) {
            assertThat(service.post("teams/" + team + "/members", admin, Map.of("user_id", joiner))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(service.post("api-keys", manager, Map.of("name", "x", "team_id", team))
                        .status())
                .isEqualTo(403);
        var named = service.post("teams/" + team + "/managers", admin, Map.of("user_id", boss));
        assertThat(named.version()).isEqualTo(1);

        var forTeam = service.post("api-keys", manager, Map.of("name", "robot", "team_id", team));
        var forWorker = service.post("api-keys", manager, Map.of("name", "worker's", "user_id", worker));
        assertThat(forTeam.status()).as(forTeam.toString()).isEqualTo(201);
        for (var refused : List.of(
                Map.of("name", "x", "team_id", other),
                Map.of("name", "x", "team_id", "team_nowhere"),
                Map.of("name", "x", "user_id", superior),
                Map.of("name", "x", "team_id", team, "cache", true))) {
            assertThat(service.post("api-keys", manager, refused).status()).isEqualTo(403);
        }
        assertThat(service.post("api-keys", admin, Map.of("name", "x", "team_id", team, "user_id", worker))
                        .field())
                .isEqualTo("team_id");
        var foreign = service.post("api-keys", admin, Map.of("name", "x", "team_id", other))
                .id();
        var superiors = service.post("api-keys", admin, Map.of("name", "x", "user_id", superior))
                .id();
        for (var hidden : List.of(foreign, superiors)) {
            assertThat(service.post("api-keys/" + hidden + "/disable", manager, null)
                            .status())
                    .isEqualTo(404);
        }
        for (var key : List.of(forTeam.id(), forWorker.id())) {
            assertThat(service.patch("api-keys/" + key, manager, Map.of("name", "renamed"))
                            .version())
                    .isEqualTo(1);
            var rotated = service.post("api-keys/" + key + "/rotate", manager, Map.of("overlap_seconds", 60));
            assertThat(rotated.json().path("key").asString()).startsWith("sk-");
            assertThat(service.post("api-keys/" + key + "/disable", manager, null)
                            .status())
                    .isEqualTo(200);
        }
        for (var overlap : new String[] {"{}", "{\"overlap_seconds\":-1}", "{\"overlap_seconds\":2592001}"}) {
            assertThat(service.post("api-keys/" + forTeam.id() + "/rotate", manager, overlap)
                            .field())
                    .isEqualTo("overlap_seconds");
        }

        service.patch("users/" + boss, admin, Map.of("role", "member"));
        assertThat(service.post("api-keys/" + forTeam.id() + "/enable", manager, null)
                        .status())
                .isEqualTo(404);
        service.patch("users/" + boss, admin, Map.of("role", "manager"));
        assertThat(service.post("api-keys/" + forTeam.id() + "/enable", manager, null)
                        .status())
                .isEqualTo(200);
        assertThat(delete("teams/" + team + "/members/" + worker)).isEqualTo(200);
        assertThat(delete("teams/" + team + "/members/" + worker)).isEqualTo(404);
        assertThat(service.post("api-keys/" + forWorker.id() + "/enable", manager, null)
                        .status())
                .isEqualTo(404);
        assertThat(delete("teams/" + team + "/managers/" + boss)).isEqualTo(200);
        assertThat(delete("teams/" + team + "/managers/" + boss)).isEqualTo(404);
        assertThat(service.post("api-keys/" + forTeam.id() + "/disable", manager, null)
                        .status())
                .isEqualTo(404);
        assertThat(service.post("teams/" + team + "/managers", admin, Map.of("user_id", worker))
                        .status())
                .isEqualTo(409);
        assertThat(service.post("teams/" + team + "/members", admin, Map.of("user_id", "usr_nobody"))
                        .field())
                .isEqualTo("user_id");
        assertThat(service.post("teams/team_nowhere/members", admin, Map.of("user_id", worker))
                        .status())
                .isEqualTo(404);
    }

    private static String person(String name, String role) {
        return service.post("users", admin, Map.of("username", name, "password", "long enough", "role", role))
                .id();
    }

    private static int delete(String path) {
        return service.send("DELETE", Operation.BASE + "/" + path, admin, null).status();
    }

    @Test
    void aMemberNarrowsAKeyAndNeverWidensIt() {
        var narrow = service.post("api-keys", member, """
                {"name":"narrow","scopes":["models"],"allowed_ips":["10.0.0.0/8"],"limits":{"concurrency":1},
                 "budgets":[{"period":"day","amount":1,"currency":"USD"}],"cache":false,"metadata":{}}""");
        assertThat(narrow.status()).as(narrow.toString()).isEqualTo(201);

        for (var widening : new String[] {"\"cache\":true", "\"metadata\":{\"tier\":\"gold\"}"}) {
            var issue = "{\"name\":\"wide\"," + widening + "}";
            assertThat(service.post("api-keys", member, issue).status()).isEqualTo(403);
            assertThat(service.post("api-keys", admin, issue).status()).isEqualTo(201);
            assertThat(service.patch("api-keys/" + narrow.id(), member, "{" + widening + "}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(service.patch("api-keys/" + narrow.id(), member, "{\"cache\":null,\"scopes\":null}")
                        .version())
                .isEqualTo(1);
    }

    @Test
    void anAdministratorIssuesForOthersButNotForNobody() {
        var developer = service.get("auth/me", member).id();

        assertThat(service.post("api-keys", admin, Map.of("name", "for them", "user_id", developer))
                        .status())
                .isEqualTo(201);
        assertThat(service.post("api-keys", admin, Map.of("name", "x", "user_id", "usr_nobody"))
                        .field())
                .isEqualTo("user_id");
    }

    @Test
    void nobodyTakesAwayTheirOwnAccessAndARoleTakesEffectAtOnce() {
        var me = service.get("auth/me", admin).id();
        assertThat(service.post("users/" + me + "/disable", admin, null).status())
                .isEqualTo(409);
        assertThat(service.patch("users/" + me, admin, Map.of("role", "member")).status())
                .isEqualTo(409);

        var id = service.post("users", admin, Map.of("username", "deputy", "password", "long enough", "role", "admin"))
                .id();
        var deputy = service.login("deputy", "long enough");
        assertThat(service.post("providers", deputy, Map.of("name", "By deputy", "type", "mock"))
                        .status())
                .isEqualTo(201);
        service.patch("users/" + id, admin, Map.of("role", "member"));
        assertThat(service.post("providers", deputy, Map.of("name", "Again", "type", "mock"))
                        .status())
                .isEqualTo(403);
    }

    private static Service.Answer send(Operation operation, String token) {
        var path = Operation.BASE + operation.path().replaceAll("\\{[a-z_]+}", "usr_x");
        return service.send(operation.method(), path, token, operation.method().equals("GET") ? null : "{}");
    }
}
