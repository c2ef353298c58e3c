package io.llmplatform.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class LiveMemoryTest {
    private final LiveMemory memory = new LiveMemory();

    @Test
    void remembersTheLastOfEachChannelInTheirOrder() {
        for (int i = 1; i <= 2_000; i++) {
            memory.add(new LiveEvent(i, i % 100 == 0 ? Channel.TICK : Channel.LOG, "{}"));
        }
        assertThat(memory.after(0)).hasSize(20 + 600).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
        assertThat(memory.after(1_999)).extracting(LiveEvent::channel).containsExactly(Channel.TICK);
        assertThat(memory.after(2_000)).isEmpty();
    }

    @Test
    void whoComesBackCanTakeAllOfIt() {
        long id = 0;
        for (var channel : Channel.values()) {
            for (int i = 0; i < 700; i++) {
                memory.add(new LiveEvent(++id, channel, "{}"));
            }
        }
        var viewer = new LiveViewer("Bearer x", EnumSet.allOf(Channel.class));
        memory.after(0).forEach(viewer::offer);
        assertThat(viewer.isEnded()).isFalse();
    }

    @Test
    void onlyWhatIsWantedIsToldAndWhoIsTooSlowIsSentAway() {
        var viewer = new LiveViewer("Bearer x", Channel.of("tick"));
        for (int i = 1; i <= 10_000; i++) {
            viewer.offer(new LiveEvent(i, Channel.LOG, "{}"));
        }
        assertThat(viewer.isEnded()).isFalse();
        for (int i = 1; i <= 10_000; i++) {
            viewer.offer(new LiveEvent(i, Channel.TICK, "{}"));
        }
        assertThat(viewer.isEnded()).isTrue();
    }
}
