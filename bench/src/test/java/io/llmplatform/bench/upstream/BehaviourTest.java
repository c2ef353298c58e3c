package io.llmplatform.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BehaviourTest {
    @Test
    void isReadBackFromThePathItAsksFor() {
        for (var behaviour : List.of(new Behaviour.Whole(), new Behaviour.Delayed(50), new Behaviour.Stream(200, 5))) {
            assertThat(Behaviour.of(behaviour.prefix() + "/v1/chat/completions"))
                    .contains(behaviour);
        }
    }

    @Test
    void refusesWhatIsNoBehaviour() {
        assertThat(Behaviour.of("/json/v1/models")).isEmpty();
        assertThat(Behaviour.of("/sse/200/v1/chat/completions")).isEmpty();
    }

    @Test
    void aStreamHasItsChunksBetweenRoleAndEnd() {
        var events = Wire.stream(3);
        assertThat(events).hasSize(7);
        assertThat(events[0].toString()).contains("\"role\":\"assistant\"");
        assertThat(events[3].toString()).contains("\"content\":\" chunk 000003 of some\"");
        assertThat(events[5].toString()).contains("\"usage\":{");
        assertThat(events[6].toString()).isEqualTo("data: [DONE]\n\n");
    }
}
