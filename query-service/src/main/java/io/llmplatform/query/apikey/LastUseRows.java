package io.llmplatform.query.apikey;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

interface LastUseRows extends Repository<LastUseRow, String> {
    List<LastUseRow> findByApiKeyIdIn(Collection<String> ids);
}
