package io.llmplatform.command.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over HTTP: what is recorded of refused and denied writes, and what is not. */
class AttemptIT {
    private static Service service;
    private static String admin;
    private static String member;

    @BeforeAll
    static void start() {
        service = Service.start();
        admin = service.admin();
        member = service.login("developer", "dev123");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void refusedAndDeniedWritesAreEventsAndNothingElseIs() {
        service.post("teams", admin, Map.of("name", "Known"));
        var me = service.get("auth/me", admin).id();

        assertThat(recorded(
                        409,
                        service.post(
                                "teams",
                                admin,
                                Map.of("name", "known"),
                                "X-Reason",
                                "why not",
                                "X-Forwarded-For",
                                "198.51.100.7")))
                .startsWith("attempt.CommandRefused {\"attempt_id\":\"att_")
                .contains(
                        "\"operation\":\"POST /teams\",\"entity_type\":\"team\",\"status\":409,\"problem\":\"name-taken\"}")
                .contains("\"reason\":\"why not\"", "198.51.100.7", me)
                .doesNotContain("known");
        assertThat(recorded(409, service.post("users/" + me + "/disable", admin, null)))
                .contains(
                        "\"entity_type\":\"user\",\"entity_id\":\"" + me + "\",\"status\":409,\"problem\":\"conflict\"")
                .contains("\"detail\":\"nobody can disable themselves\"");
        assertThat(recorded(404, service.post("users/ann@example.org/enable", admin, null)))
                .contains("\"problem\":\"not-found\"}")
                .doesNotContain("ann@example.org");
        assertThat(recorded(403, service.post("providers", member, Map.of("name", "x", "api_key", "sk-planted"))))
                .startsWith("attempt.AccessDenied")
                .contains("\"operation\":\"POST /providers\"", "the role member may not do that")
                .doesNotContain("sk-planted");
        // None of these is one; the last one is, and comes right behind.
        var before = attempts().size();
        assertThat(service.post("teams", admin, "{\"name\":7}").status()).isEqualTo(400);
        assertThat(service.post("teams", null, Map.of("name", "x")).status()).isEqualTo(401);
        assertThat(service.post("teams?dry_run=true", admin, Map.of("name", "known"))
                        .status())
                .isEqualTo(409);
        assertThat(service.post("auth/login", null, Map.of("username", "x", "password", "y"))
                        .status())
                .isEqualTo(401);
        assertThat(service.post("nothing", admin, null).status()).isEqualTo(404);
        assertThat(service.post("teams", admin, Map.of("name", "Another")).status())
                .isEqualTo(201);
        assertThat(recorded(403, service.post("api-keys", member, Map.of("name", "x", "user_id", me))))
                .startsWith("attempt.AccessDenied")
                .contains("only administrators");
        assertThat(attempts()).hasSize(before + 1);
    }

    @Test
    void aFloodIsCountedAndTold() {
        service.post("users", admin, Map.of("username", "flooder", "password", "long enough"));
        var flooder = service.login("flooder", "long enough");
        var id = service.get("auth/me", flooder).id();

        for (int i = 0; i < AttemptLimit.PER_CALLER + 3; i++) {
            service.post("teams", flooder, "{}");
        }
        await().until(() -> by(id) == AttemptLimit.PER_CALLER);

        service.bean(Attempts.class).tellWhatIsLeft();

        assertThat(attempts().getLast())
                .startsWith("attempt.AttemptsLeftOut")
                .contains("\"count\":3,\"callers\":[{\"user_id\":\"" + id + "\",\"count\":3}]")
                .contains("\"id\":\"attempts\"");
    }

    /** The attempt that such an answer leaves; it is stored when the answer is out already. */
    private static String recorded(int status, Service.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        var id = answer.header(Headers.REQUEST_ID);
        return await().until(
                        () -> attempts().stream()
                                .filter(each -> each.contains(id))
                                .toList(),
                        found -> found.size() == 1)
                .getFirst();
    }

    private static long by(String userId) {
        return attempts().stream()
                .filter(attempt -> attempt.contains("\"id\":\"" + userId + "\""))
                .count();
    }

    private static List<String> attempts() {
        return Stream.of("attempt.CommandRefused", "attempt.AccessDenied", "attempt.AttemptsLeftOut")
                .flatMap(type -> service.events(type).stream()
                        .map(event -> event.get("id").asString() + " " + type + " " + event.get("data") + " "
                                + event.get("meta")))
                // Ids rise with time.
                .sorted()
                .map(event -> event.substring(event.indexOf(' ') + 1))
                .toList();
    }
}
