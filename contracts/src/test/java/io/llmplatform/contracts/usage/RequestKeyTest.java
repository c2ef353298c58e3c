package io.llmplatform.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.id.Ids;
import java.time.Clock;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestKeyTest {
    @Test
    void idsOfAGatewayAreReadBackAndSortAlike() {
        var ids = new Ids(Clock.systemUTC(), new Random(5));
        var some = Stream.generate(() -> ids.next(Ids.Kind.REQUEST)).limit(1000).toList();

        assertThat(some).allMatch(RequestKey::readable);
        assertThat(some.stream().map(RequestKey::of).map(RequestKey::read)).isEqualTo(some);
        assertThat(some.stream().sorted().map(id -> RequestKey.of(id).toString()))
                .isSorted();
        assertThat(RequestKey.read(RequestKey.of("req_7zzzzzzzzzzzzzzzzzzzzzzzzz")))
                .isEqualTo("req_7zzzzzzzzzzzzzzzzzzzzzzzzz");
    }

    @Test
    void anyOtherIdIsAHash() {
        for (var id :
                new String[] {"", "req_1", "req_8zzzzzzzzzzzzzzzzzzzzzzzzz", "req_0ZZZZZZZZZZZZZZZZZZZZZZZZZ", "模型"}) {
            assertThat(RequestKey.readable(id)).as(id).isFalse();
            assertThat(RequestKey.of(id)).isNotEqualTo(RequestKey.of(id + "x"));
        }
        assertThat(RequestKey.of("req_1")).hasToString("dfe7be6c-ee3b-99ca-6362-8de710b914dd");
    }
}
