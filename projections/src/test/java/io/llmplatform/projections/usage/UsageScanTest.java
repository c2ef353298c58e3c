package io.llmplatform.projections.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class UsageScanTest {
    private static final String FULL = """
            {"request_id":"req_1","at":"2026-11-22T10:00:00.123456789Z","user_id":"usr_1","team_id":"team_1","api_key_id":"key_1",
            "endpoint":"chat.completions","model":"模型 \\"a\\"","served_model":"b","deployment":"dep_1","provider_id":"prv_1",
            "upstream_model":"c","stream":true,"outcome":"completed","status":200,"error_code":"none","prompt_tokens":1,
            "completion_tokens":2,"cached_tokens":3,"reasoning_tokens":4,"tokens_estimated":true,"cost":0.00120,"currency":"USD",
            "latency_ms":5,"ttft_ms":6,"attempts":2,"trail":[{"deployment":"dep_2","result":"status_503","ms":7}],"cache_hit":true,
            "metadata":{"project":"apollo","a":"b"},"ip":"10.0.0.9","user_agent":"openai/1.0","gateway":"gw-1"}""";

    /** Fields taken away one by one, and others given another form: never another record than the general reader's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"later\":{\"deep\":[1,{\"x\":2}]}}",
                "{\"at\":\"2026-11-22T10:00:00Z\"}",
                "{\"at\":\"2026-02-30T10:00:00Z\"}",
                "{\"at\":\"2026-11-22T12:00:00+02:00\"}",
                "{\"at\":\"2026-11-22T10:00:00.5Z\"}",
                "{\"at\":1732269600}",
                "{\"cost\":\"1.5\"}",
                "{\"cost\":3}",
                "{\"cost\":1.0E-7}",
                "{\"status\":\"200\"}",
                "{\"status\":99999999999}",
                "{\"stream\":\"true\"}",
                "{\"ttft_ms\":null}",
                "{\"prompt_tokens\":null}",
                "{\"prompt_tokens\":1.5}",
                "{\"outcome\":\"melted\"}",
                "{\"trail\":null}",
                "{\"trail\":[]}",
                "{\"metadata\":{}}",
                "{\"metadata\":{\"n\":1}}",
                "{\"model\":5}",
                "{\"model\":null}",
                "{\"cache_hit\":null}",
                "{\"endpoint\":null}"
            })
    void isNeverOfAnotherMindThanTheGeneralReader(String change) {
        var mapper = ContractJson.mapper();
        var changed = ((ObjectNode) mapper.readTree(FULL)).setAll((ObjectNode) mapper.readTree(change));
        agrees(mapper.writeValueAsString(changed));
        for (var name : changed.propertyNames().toArray(String[]::new)) {
            var without = changed.deepCopy();
            without.remove(name);
            agrees(mapper.writeValueAsString(without));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "5", "{", "{} {}", "{\"at\""})
    void leavesWhatIsNoRecordToTheGeneralReader(String json) {
        assertThat(UsageScan.read(json.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @org.junit.jupiter.api.Test
    void readsWhatTheGatewayWrites() {
        var json = FULL.getBytes(StandardCharsets.UTF_8);
        assertThat(UsageScan.read(json)).isEqualTo(ContractJson.mapper().readValue(json, UsageRecord.class));
    }

    private static void agrees(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        var quick = UsageScan.read(bytes);
        if (quick != null) {
            assertThat(quick).as(json).isEqualTo(ContractJson.mapper().readValue(bytes, UsageRecord.class));
        }
    }
}
