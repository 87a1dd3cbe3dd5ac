# The account gets a name, another one, and none.
list-account-aliases
  AccountAliases = []
  IsTruncated = false
create-account-alias --account-alias example-corp
list-account-aliases
  AccountAliases = ["example-corp"]
create-account-alias --account-alias example-company
list-account-aliases
  AccountAliases = ["example-company"]
delete-account-alias --account-alias example-company
list-account-aliases
  AccountAliases = []
