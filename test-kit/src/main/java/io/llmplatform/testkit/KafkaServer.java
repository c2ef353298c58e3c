package io.llmplatform.testkit;

import java.util.List;

/** One Kafka broker (KRaft). Topics are shared by the tests of a JVM: use fresh names or ids, or a server of your own. */
public final class KafkaServer extends EmbeddedServer {
    private static final ServerProgram PROGRAM = new ServerProgram("kafka", "512m", List.of());

    private KafkaServer(boolean shared) {
        super(PROGRAM, shared);
    }

    /** The one of this JVM, which nobody stops. */
    public static KafkaServer shared() {
        return Shared.SERVER;
    }

    /** A server of your own, to stop, kill and restart. */
    public static KafkaServer start() {
        return new KafkaServer(false);
    }

    /** {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    private static final class Shared {
        static final KafkaServer SERVER = new KafkaServer(true);
    }
}
