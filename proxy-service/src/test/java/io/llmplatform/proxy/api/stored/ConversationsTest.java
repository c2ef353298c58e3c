package io.llmplatform.proxy.api.stored;

import static io.llmplatform.proxy.api.stored.Stored.ANNA;
import static io.llmplatform.proxy.api.stored.Stored.array;
import static io.llmplatform.proxy.api.stored.Stored.json;
import static io.llmplatform.proxy.api.stored.Stored.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.responses.ResponsesToChat;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.UntranslatableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private ResponseStore store;
    private Conversations conversations;

    @BeforeEach
    void open() throws Exception {
        store = await(ResponseStore.open(vertx, folder, StoreLimits.DEFAULT, Clock.systemUTC()));
        conversations = new Conversations(store);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void theWholeHistoryStandsBeforeTheNewInput() throws Exception {
        await(store.put(turn("a", null, "q1", "a1")));
        await(store.put(turn("b", "resp_a", "q2", "a2")));
        var prepared = prepare(
                "{\"model\":\"m\",\"previous_response_id\":\"resp_b\",\"instructions\":\"new\",\"input\":\"q3\"}");
        assertThat(prepared.own().stringValue()).isEqualTo("q3");
        assertThat(prepared.request().has("previous_response_id")).isFalse();

        var exchange = new ResponsesToChat().begin(prepared.request(), new Origin("req_c", 1));
        assertThat(exchange.request().get("messages")).isEqualTo(array("""
                                [{"role":"system","content":"new"},{"role":"user","content":"q1"},
                                 {"role":"assistant","content":"a1"},{"role":"user","content":"q2"},{"role":"assistant","content":"a2"},
                                 {"role":"user","content":"q3"}]"""));
        var answer = exchange.answer(json("{\"choices\":[{\"message\":{\"content\":\"a3\"}}]}"));
        assertThat(answer.get("previous_response_id").stringValue()).isEqualTo("resp_b");

        // And what was answered now can be built on in turn, without the history being stored twice.
        var whole = StoredResponse.Whole.of(ANNA, answer, prepared.own());
        assertThat(whole.input()).hasSize(1);
        await(store.put(whole));
        var next = prepare(
                "{\"model\":\"m\",\"previous_response_id\":\"resp_c\",\"input\":[{\"role\":\"user\",\"content\":\"q4\"}]}");
        assertThat(next.request().get("input")).hasSize(7);
    }

    @Test
    void referencesBecomeTheItemsThemselves() throws Exception {
        await(store.put(turn("a", null, "q1", "a1")));
        var prepared = prepare("""
                {"model":"m","input":[{"type":"item_reference","id":"msg_a_i0"},{"id":"msg_a_0"},{"role":"user","content":"q2"},
                 {"type":"item_reference","id":"msg_a_7"},{"type":"item_reference","id":"msg_zz_0"},{"type":"item_reference","id":"x"}]}""");
        assertThat(prepared.own()).isEqualTo(array("""
                                [{"id":"msg_a_i0","type":"message","status":"completed","role":"user","content":[{"type":"input_text","text":"q1"}]},
                                 {"id":"msg_a_0","type":"message","role":"assistant","content":[{"type":"output_text","text":"a1"}]},
                                 {"role":"user","content":"q2"},
                                 {"type":"item_reference","id":"msg_a_7"},{"type":"item_reference","id":"msg_zz_0"},{"type":"item_reference","id":"x"}]"""));
        assertThat(prepared.request().get("input")).isEqualTo(prepared.own());
    }

    @Test
    void aRequestThatStandsAloneIsLeftAsItIs() throws Exception {
        for (var request : List.of("{\"model\":\"m\",\"input\":\"hi\"}", "{\"model\":\"m\"}", "{\"input\":[7]}")) {
            assertThat(prepare(request).request()).isEqualTo(json(request));
        }
    }

    @Test
    void whatIsNotThereIsSomebodyElsesOrLiesElsewhereIsRefused() throws Exception {
        await(store.put(turn("b", "resp_gone", "q", "a")));
        await(store.put(new StoredResponse.Pointer("resp_p", ANNA, "dep", "m")));
        assertRefused("resp_none", "usr_anna", "Previous response with id 'resp_none' not found.");
        assertRefused("resp_b", "usr_anna", "Previous response with id 'resp_gone' not found.");
        assertRefused("resp_b", "usr_ben", "Previous response with id 'resp_b' not found.");
        assertRefused("resp_p", "usr_anna", "lies with its provider");
        assertRefused("../x", "usr_anna", "not found");
    }

    @Test
    void aConversationThatGoesRoundInCirclesEnds() throws Exception {
        await(store.put(turn("a", "resp_a", "q", "a")));
        assertRefused("resp_a", "usr_anna", "more than 500 turns");
    }

    @Test
    void tooManyItemsAreTooMany() throws Exception {
        var chain = java.util.Collections.nCopies(History.MAX_ITEMS / 2, turn("a", null, "q", "a"));
        assertThatThrownBy(() -> History.expand(chain, json("{\"input\":\"x\"}")))
                .hasMessageContaining("10001 items");
        assertThat(History.expand(chain.subList(1, 3), json("{\"input\":\"x\"}"))
                        .get("input"))
                .hasSize(5);
    }

    private void assertRefused(String previous, String user, String words) {
        var request = json("{\"input\":\"x\",\"previous_response_id\":\"" + previous + "\"}");
        assertThatThrownBy(() -> await(conversations.prepare(request, user)))
                .cause()
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining(words);
    }

    private Conversations.Prepared prepare(String request) throws Exception {
        return await(conversations.prepare(json(request), "usr_anna"));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
