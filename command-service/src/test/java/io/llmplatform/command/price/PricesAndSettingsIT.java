package io.llmplatform.command.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prices, catalogue entries and settings over HTTP. */
class PricesAndSettingsIT {
    private static Service service;
    private static String admin;
    private static String model;

    @BeforeAll
    static void start() {
        service = Service.start();
        admin = service.admin();
        model = service.jdbc()
                .queryForObject(
                        "select owner_id from identity.claim where kind = 'model' and name = 'gpt-4o'", String.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void pricesAreAddedAndCorrected() {
        var first = add("\"effective_from\":\"2090-01-01T00:00:00Z\",", "1.50");
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.id()).isEqualTo("prc_" + model.substring("mdl_".length()));
        assertThat(first.header("X-Consistency-Token")).isNotBlank();
        assertThat(add("\"effective_from\":\"2090-01-01T01:00:00+01:00\",", "2").status())
                .as("the same moment")
                .isEqualTo(409);
        assertThat(add("\"effective_from\":\"2020-01-01T00:00:00Z\",", "2").field())
                .isEqualTo("effective_from");
        assertThat(add("", "2").version()).isEqualTo(1);

        var path = "prices/" + first.id() + "/correct";
        var right = "{\"corrects\":1,\"rates\":{\"currency\":\"EUR\",\"input\":1,\"output\":2,\"request\":0.01}}";
        assertThat(service.post(path, admin, right, "If-Match", "\"0\"").status())
                .isEqualTo(409);
        assertThat(service.post(path, admin, right, "If-Match", "\"1\"").version())
                .isEqualTo(2);
        assertThat(service.post(path, admin, right).status()).isEqualTo(409);
        assertThat(service.post("prices/prc_nothing/correct", admin, right).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsWrongWithAPriceIsToldFieldByField() {
        for (var wrong : new String[][] {
            {"{}", "model_id"},
            {"{\"model_id\":\"usr_1\",\"rates\":{\"currency\":\"USD\",\"input\":1,\"output\":1}}", "model_id"},
            {"{\"model_id\":\"mdl_x\",\"rates\":{\"currency\":\"USD\",\"input\":1,\"output\":1}}", "model_id"},
            {rates("\"currency\":\"XQQ\",\"input\":1,\"output\":1"), "rates.currency"},
            {rates("\"currency\":\"USD\",\"input\":-1,\"output\":1"), "rates.input"},
            {rates("\"currency\":\"USD\",\"input\":1"), "rates.output"},
            {rates("\"currency\":\"USD\",\"input\":1,\"output\":1,\"audio_output\":0.00000000001"), "rates.audio_output"
            },
        }) {
            var answer = service.post("prices", admin, wrong[0]);
            assertThat(answer.status()).as(wrong[0] + answer).isIn(400, 422);
            assertThat(answer.field()).as(wrong[0]).isEqualTo(wrong[1]);
        }
    }

    private static Service.Answer add(String more, String input) {
        return service.post(
                "prices",
                admin,
                "{\"model_id\":\"" + model + "\"," + more + "\"rates\":{\"currency\":\"USD\",\"input\":" + input
                        + ",\"output\":10}}");
    }

    private static String rates(String fields) {
        return "{\"model_id\":\"" + model + "\",\"rates\":{" + fields + "}}";
    }

    @Test
    void settingsAreSetClearedAndBounded() {
        assertThat(service.patch("settings", admin, Map.of()).version()).isEqualTo(-1);
        var set = service.patch(
                "settings", admin, "{\"max_attempts\":2,\"default_key_limits\":{\"requests_per_minute\":60}}");
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(set.version()).isZero();
        assertThat(set.header("X-Consistency-Token")).isNotBlank();
        assertThat(service.patch("settings", admin, "{\"max_attempts\":2}").version())
                .isZero();
        assertThat(service.patch(
                                "settings",
                                admin,
                                "{\"max_attempts\":null,\"default_key_limits\":{}}",
                                "If-Match",
                                "\"0\"")
                        .version())
                .isEqualTo(1);
        assertThat(service.patch("settings", admin, "{\"response_cache\":false}", "If-Match", "\"0\"")
                        .status())
                .isEqualTo(409);
        for (var wrong : new String[][] {
            {"{\"max_attempts\":0}", "max_attempts"},
            {"{\"max_concurrent_requests\":1000001}", "max_concurrent_requests"},
            {"{\"reserved_completion_tokens\":-1}", "reserved_completion_tokens"},
            {"{\"default_key_limits\":{\"concurrency\":0}}", "default_key_limits.concurrency"},
        }) {
            assertThat(service.patch("settings", admin, wrong[0]).field()).isEqualTo(wrong[1]);
        }
        assertThat(service.patch("settings", admin, "{\"max_attempts\":99999999999}")
                        .status())
                .isEqualTo(400);
        assertThat(service.patch("settings", admin, "{\"unknown\":1}").status()).isEqualTo(400);
    }

    @Test
    void aCatalogueEntryIsCheckedAndOneFormIsKept() {
        var edited = service.patch(
                "models/" + model,
                admin,
                "{\"catalog\":{\"description\":\"x\",\"context_window\":1000,\"input_modalities\":[\"text\",\"image\",\"text\"]}}");
        assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
        var again = service.patch(
                "models/" + model,
                admin,
                "{\"catalog\":{\"description\":\"x\",\"context_window\":1000,\"input_modalities\":[\"image\",\"text\"]}}");
        assertThat(again.version()).isEqualTo(edited.version());
        for (var wrong : new String[][] {
            {"{\"catalog\":{\"context_window\":0}}", "catalog.context_window"},
            {"{\"catalog\":{\"input_modalities\":[\"smell\"]}}", "catalog.input_modalities[0]"},
            {"{\"catalog\":{\"capabilities\":[null]}}", "catalog.capabilities[0]"},
            {"{\"catalog\":{\"capabilities\":[\"Has Space\"]}}", "catalog.capabilities[0]"},
            {"{\"catalog\":{\"description\":\"\"}}", "catalog.description"},
        }) {
            var answer = service.patch("models/" + model, admin, wrong[0]);
            assertThat(answer.status()).as(wrong[0] + answer).isEqualTo(400);
            assertThat(answer.field()).isEqualTo(wrong[1]);
        }
    }
}
