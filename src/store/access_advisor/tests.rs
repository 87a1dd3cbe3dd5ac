//! Jobs asked for and answered, on a store of one user.

use serde_json::json;

use crate::store::Used;
use crate::store::kit::Kit;

const ANN: &str = "arn:aws:iam::123456789012:user/ann";

fn kit() -> Kit {
    let kit = Kit::new();
    kit.call("CreateUser", json!({"UserName": "ann"})).unwrap();
    let sql = r#"INSERT INTO inline_policy (entity, name, document) SELECT id, 'p', '{"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["s3:Get*","iam:ListUsers"],"Resource":"*"}]}' FROM entity;
                 INSERT INTO access_key (id, account, user, status, created, last_used, last_used_region, last_used_service)
                 SELECT 'AKIA1', 1, id, 'Active', 5, 1767225600, 'us-east-1', 'iam' FROM entity"#;
    kit.store.write(|db| Ok(db.execute_batch(sql)?)).unwrap();
    kit
}

#[test]
fn a_job_lists_the_services_that_are_granted_and_when_they_were_used() {
    let kit = kit();
    let job = kit.call("GenerateServiceLastAccessedDetails", json!({"Arn": ANN})).unwrap()["JobId"].clone();
    let done = kit.call("GetServiceLastAccessedDetails", json!({ "JobId": job })).unwrap();
    assert_eq!((&done["JobStatus"], &done["JobType"]), (&json!("COMPLETED"), &json!("SERVICE_LEVEL")));
    let services = done["ServicesLastAccessed"].as_array().unwrap();
    let names: Vec<_> = services.iter().map(|service| service["ServiceNamespace"].as_str().unwrap()).collect();
    assert_eq!(names, ["iam", "s3"]);
    assert_eq!(services[0]["LastAuthenticatedEntity"], ANN);
    assert_eq!(
        (&services[0]["TotalAuthenticatedEntities"], &services[1]["TotalAuthenticatedEntities"]),
        (&json!(1), &json!(0))
    );
    let with = json!({"JobId": job, "ServiceNamespace": "iam"});
    let entities = kit.call("GetServiceLastAccessedDetailsWithEntities", with).unwrap()["EntityDetailsList"].clone();
    assert_eq!(
        (&entities[0]["EntityInfo"]["Type"], &entities[0]["LastAuthenticated"]),
        (&json!("USER"), &json!("2026-01-01T00:00:00Z"))
    );
}

/// The services of a job of that granularity.
fn services(kit: &Kit, arn: &str, granularity: &str) -> Vec<serde_json::Value> {
    let job = kit.call("GenerateServiceLastAccessedDetails", json!({"Arn": arn, "Granularity": granularity})).unwrap();
    let done = kit.call("GetServiceLastAccessedDetails", json!({ "JobId": job["JobId"] })).unwrap();
    assert_eq!(done["JobType"], granularity);
    done["ServicesLastAccessed"].as_array().unwrap().clone()
}

#[test]
fn a_report_by_action_names_those_that_were_called() {
    let kit = kit();
    kit.call("PutUserPolicy", json!({"UserName": "ann", "PolicyName": "p", "PolicyDocument":
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListUsers","iam:GetUser","iam:PassRole","s3:*"],"Resource":"*"}]}"#})).unwrap();
    assert_eq!(services(&kit, ANN, "ACTION_LEVEL")[0].get("TrackedActionsLastAccessed"), None);
    let used = Used { service: "iam", action: "ListUsers", region: "eu-west-1" };
    kit.store.note_key_use(&kit.account, "AKIA1", used).unwrap();
    let found = services(&kit, ANN, "ACTION_LEVEL");
    let tracked = found[0]["TrackedActionsLastAccessed"].as_array().unwrap();
    let names: Vec<_> = tracked.iter().map(|one| one["ActionName"].as_str().unwrap()).collect();
    assert_eq!(names, ["GetUser", "ListUsers"]);
    assert_eq!(
        (&tracked[1]["LastAccessedEntity"], &tracked[1]["LastAccessedRegion"]),
        (&json!(ANN), &json!("eu-west-1"))
    );
    assert!(tracked[1]["LastAccessedTime"].is_string() && tracked[0].get("LastAccessedTime").is_none());
    assert_eq!(found[1].get("TrackedActionsLastAccessed"), None);
    assert_eq!(services(&kit, ANN, "SERVICE_LEVEL")[0].get("TrackedActionsLastAccessed"), None);
}

#[test]
fn who_used_it_last_comes_first_and_old_uses_are_forgotten() {
    let kit = Kit::new();
    kit.call("CreateGroup", json!({"GroupName": "g"})).unwrap();
    for (name, days) in [("a", 30), ("b", 3), ("c", 401), ("d", 0)] {
        kit.call("CreateUser", json!({ "UserName": name })).unwrap();
        kit.call("AddUserToGroup", json!({"GroupName": "g", "UserName": name})).unwrap();
        if days > 0 {
            kit.used(name, "iam", days);
        }
    }
    let arn = json!({"Arn": "arn:aws:iam::123456789012:group/g"});
    let job = kit.call("GenerateServiceLastAccessedDetails", arn).unwrap()["JobId"].clone();
    let (mut names, mut marker) = (Vec::new(), json!(null));
    loop {
        let mut input = json!({"JobId": job, "ServiceNamespace": "iam", "MaxItems": 1});
        if marker.is_string() {
            input["Marker"] = marker;
        }
        let page = kit.call("GetServiceLastAccessedDetailsWithEntities", input).unwrap();
        let row = &page["EntityDetailsList"][0];
        names.push((row["EntityInfo"]["Name"].as_str().unwrap().to_owned(), row.get("LastAuthenticated").is_some()));
        marker = page.get("Marker").cloned().unwrap_or_default();
        if marker.is_null() {
            break;
        }
    }
    let told: Vec<_> = names.iter().map(|(name, used)| (name.as_str(), *used)).collect();
    assert_eq!(told, [("b", true), ("a", true), ("c", false), ("d", false)]);
}

#[test]
fn unknown_entities_and_jobs_are_missed() {
    let kit = kit();
    let unknown = json!({"Arn": "arn:aws:iam::123456789012:user/nobody"});
    assert_eq!(kit.call("GenerateServiceLastAccessedDetails", unknown).unwrap_err().code, "NoSuchEntity");
    let job = json!({"JobId": "00000000-0000-4000-8000-000000000000"});
    assert_eq!(kit.call("GetServiceLastAccessedDetails", job).unwrap_err().code, "NoSuchEntity");
}

#[test]
fn a_report_on_no_organization_fails() {
    let kit = kit();
    let path = json!({"EntityPath": "o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-1a2b3c-k9l8m7n6o5example"});
    let job = kit.call("GenerateOrganizationsAccessReport", path).unwrap()["JobId"].clone();
    let report = kit.call("GetOrganizationsAccessReport", json!({ "JobId": job })).unwrap();
    assert_eq!(report["JobStatus"], "FAILED");
}
