package io.llmplatform.query;

import io.llmplatform.testkit.SearchServer;

class AuditOnOpenSearchIT extends AuditContract {
    @Override
    String url() {
        return SearchServer.shared().url();
    }
}
