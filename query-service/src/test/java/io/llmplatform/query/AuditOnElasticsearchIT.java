package io.llmplatform.query;

import io.llmplatform.testkit.ElasticsearchServer;

class AuditOnElasticsearchIT extends AuditContract {
    @Override
    String url() {
        return ElasticsearchServer.shared().url();
    }
}
