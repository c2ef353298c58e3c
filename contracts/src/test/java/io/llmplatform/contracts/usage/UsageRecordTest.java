package io.llmplatform.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import org.junit.jupiter.api.Test;

class UsageRecordTest {
    @Test
    void aRecordFromBeforeTeamsAndCachesIsStillRead() {
        var old = "{\"request_id\":\"req_1\",\"at\":\"2026-11-22T10:00:00Z\",\"user_id\":\"usr_1\",\"endpoint\":"
                + "\"chat.completions\",\"stream\":false,\"outcome\":\"completed\",\"status\":200,\"prompt_tokens\":3,"
                + "\"completion_tokens\":4,\"cached_tokens\":0,\"reasoning_tokens\":0,\"tokens_estimated\":false,"
                + "\"cost\":0.5,\"currency\":\"USD\",\"latency_ms\":12,\"attempts\":1,\"gateway\":\"g\"}";
        var record = ContractJson.mapper().readValue(old, UsageRecord.class);
        assertThat(record.cacheHit()).isNull();
        assertThat(record.trail()).isNull();
        assertThat(record.teamId()).isNull();
        assertThat(record.latencyMs()).isEqualTo(12);
    }
}
