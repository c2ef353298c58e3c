package io.llmplatform.proxy.api.stored;

import static io.llmplatform.proxy.api.stored.Stored.ANNA;
import static io.llmplatform.proxy.api.stored.Stored.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseStoreTest {
    private static final StoreLimits LIMITS = new StoreLimits(Duration.ofHours(24), 10_000, 4_000);

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Path folder;
    private ResponseStore store;

    @BeforeEach
    void open() throws Exception {
        folder = temp.resolve("deep/responses");
        store = reopened(LIMITS);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void whatIsStoredCanBeReadByItsOwnerOnly() throws Exception {
        var whole = turn("a", null, "hi", "ho");
        var pointer = new StoredResponse.Pointer("resp_b", ANNA, "dep_1", "gpt-x");
        await(store.put(whole));
        await(store.put(pointer));
        assertThat(await(store.get("resp_a", "usr_anna"))).isEqualTo(whole);
        assertThat(await(store.get("resp_b", "usr_anna"))).isEqualTo(pointer);
        assertThat(await(store.get("resp_a", "usr_ben"))).isNull();
        assertThat(await(store.delete("resp_a", "usr_ben"))).isFalse();
        assertThat(await(store.get("resp_a", "usr_anna"))).isNotNull();
    }

    @Test
    void itIsStillThereAfterARestart() throws Exception {
        await(store.put(turn("a", null, "hi", "ho")));
        Files.writeString(folder.resolve("0000000000001-resp_z.json.tmp"), "half");
        Files.writeString(folder.resolve("README"), "not ours");
        var again = reopened(LIMITS);
        assertThat(await(again.get("resp_a", "usr_anna"))).isEqualTo(turn("a", null, "hi", "ho"));
        assertThat(again.bytes()).isEqualTo(store.bytes()).isPositive();
        assertThat(folder.resolve("0000000000001-resp_z.json.tmp")).doesNotExist();
        now = now.plus(Duration.ofHours(24));
        assertThat(await(again.get("resp_a", "usr_anna"))).isNull();
        assertThat(await(again.sweep())).isEqualTo(1);
        assertThat(names()).containsExactly("README");
    }

    @Test
    void nobodyElseOnTheMachineCanReadIt() throws Exception {
        await(store.put(turn("a", null, "hi", "ho")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(names()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(names().getFirst()))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsThereAlreadyIsClosedToOthers() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        reopened(LIMITS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void deletedIsGone() throws Exception {
        await(store.put(turn("a", null, "hi", "ho")));
        assertThat(await(store.delete("resp_a", "usr_anna"))).isTrue();
        assertThat(await(store.get("resp_a", "usr_anna"))).isNull();
        assertThat(await(store.delete("resp_a", "usr_anna"))).isFalse();
        assertThat(names()).isEmpty();
        assertThat(store.bytes()).isZero();
    }

    @Test
    void theOldestMakeRoom() throws Exception {
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(1);
            await(store.put(turn("r" + i, null, "x".repeat(1_000), "y")));
            assertThat(store.bytes()).isLessThanOrEqualTo(LIMITS.maxBytes());
        }
        assertThat(await(store.get("resp_r0", "usr_anna"))).isNull();
        assertThat(await(store.get("resp_r19", "usr_anna"))).isNotNull();
        assertThat(names()).hasSize(store.size());
        assertThat(names().stream()
                        .mapToLong(name -> folder.resolve(name).toFile().length())
                        .sum())
                .isEqualTo(store.bytes());
        // A smaller bound is kept from the start on.
        assertThat(reopened(new StoreLimits(Duration.ofHours(24), 2_000, 2_000)).size())
                .isEqualTo(1);
        assertThat(names()).hasSize(1);
    }

    @Test
    void manyAtOnce() throws Exception {
        var big = reopened(StoreLimits.DEFAULT);
        var puts = IntStream.range(0, 200)
                .mapToObj(i -> big.put(turn("p" + i, null, "q", "a")))
                .toList();
        await(Future.all(puts));
        var gets = IntStream.range(0, 200)
                .mapToObj(i -> big.get("resp_p" + i, "usr_anna"))
                .toList();
        await(Future.all(gets));
        assertThat(gets).allSatisfy(get -> assertThat(get.result()).isNotNull());
        assertThat(names()).hasSize(200);
    }

    @Test
    void theFirstOfAnIdStays() throws Exception {
        await(store.put(turn("a", null, "hi", "ho")));
        var thief = new StoredResponse.Pointer("resp_a", new Owner("usr_ben", null), "dep_1", "m");
        assertThatThrownBy(() -> await(store.put(thief))).hasMessageContaining("stored already");
        assertThat(await(store.get("resp_a", "usr_anna"))).isEqualTo(turn("a", null, "hi", "ho"));
    }

    @Test
    void whatIsTooLargeIsNotStored() {
        assertThatThrownBy(() -> await(store.put(turn("a", null, "x".repeat(5_000), "ho"))))
                .hasMessageContaining("at most 4000 bytes");
        assertThat(store.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "resp/../x", "resp_a.json", "-a", "résp", "a b", ".", "a\u0000", "a\n"})
    void noOtherIdComesNearAFile(String id) throws Exception {
        assertThat(ResponseStore.isId(id)).isFalse();
        assertThat(await(store.get(id, "usr_anna"))).isNull();
        assertThat(await(store.delete(id, "usr_anna"))).isFalse();
        assertThatThrownBy(() -> await(store.put(new StoredResponse.Pointer(id, ANNA, "d", "m"))))
                .hasMessageContaining("expected an id");
        assertThat(names()).isEmpty();
        assertThat(ResponseStore.isId("a".repeat(129))).isFalse();
        assertThat(ResponseStore.isId("resp_68af-B")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"id\":\"resp_a\"}",
                "{\"id\":\"resp_other\",\"user_id\":\"usr_anna\",\"response\":{},\"input\":[]}"
            })
    void aFileThatIsNotWholeIsNoResponse(String content) throws Exception {
        await(store.put(turn("a", null, "hi", "ho")));
        Files.writeString(folder.resolve(names().getFirst()), content);
        assertThat(await(store.get("resp_a", "usr_anna"))).isNull();
    }

    @Test
    void aFolderThatCannotBeWrittenFailsThePutAndLeavesNothingBehind() throws Exception {
        Files.delete(folder);
        assertThatThrownBy(() -> await(store.put(turn("a", null, "hi", "ho")))).isInstanceOf(ExecutionException.class);
        assertThat(store.size()).isZero();
        assertThat(store.bytes()).isZero();
    }

    private ResponseStore reopened(StoreLimits limits) throws Exception {
        return await(ResponseStore.open(vertx, folder, limits, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        }));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
