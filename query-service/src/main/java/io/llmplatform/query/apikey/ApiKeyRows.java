package io.llmplatform.query.apikey;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface ApiKeyRows extends Repository<ApiKeyRow, String>, JpaSpecificationExecutor<ApiKeyRow> {
    Optional<ApiKeyRow> findById(String id);
}
