package io.llmplatform.testkit;

import java.util.List;

/** One Elasticsearch 9 node, to prove that what works on OpenSearch works there too. Indexes are shared by the tests of a JVM. */
public final class ElasticsearchServer extends EmbeddedServer {
    private static final ServerProgram PROGRAM = new ServerProgram("elasticsearch", "512m", List.of(), true);

    private ElasticsearchServer() {
        super(PROGRAM, true);
    }

    /** The one of this JVM, which nobody stops. */
    public static ElasticsearchServer shared() {
        return Shared.SERVER;
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    private static final class Shared {
        static final ElasticsearchServer SERVER = new ElasticsearchServer();
    }
}
