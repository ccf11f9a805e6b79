module launch {}
